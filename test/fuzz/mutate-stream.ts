/** Damage inside one stream of a sound compound file, which a change of raw bytes seldom gets to. */
import { bytesReader, bytesSource, readAll } from '../../installer/formats/byte-source.ts';
import { encodeCfb, readCfb } from '../../installer/formats/cfb/index.ts';
import { mutateBytes } from './mutate.ts';
import type { Random } from './random.ts';

export interface StreamsOfFile {
  readonly clsid: Uint8Array;
  readonly streams: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** What is larger is a cabinet or a payload: its content is not the concern of who reads tables. */
const MAX_STREAM = 16 * 1024;

export async function streamsOf(file: Uint8Array): Promise<StreamsOfFile> {
  const { clsid, streams } = await readCfb(bytesReader(file));
  const read = await Promise.all(streams.map(async (stream) => ({ name: stream.name, bytes: await readAll(stream) })));
  return { clsid, streams: read.filter(({ bytes }) => bytes.byteLength <= MAX_STREAM) };
}

export function mutateStream({ clsid, streams }: StreamsOfFile, random: Random): Promise<Uint8Array> {
  const damaged = random.below(streams.length);
  const changed = streams.map(({ name, bytes }, index) => ({
    name,
    source: bytesSource(index === damaged ? mutateBytes(bytes, random) : bytes),
  }));
  return readAll(encodeCfb({ clsid, streams: changed }));
}
