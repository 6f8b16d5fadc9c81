import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { encodeCfb, readCfb } from '../../../installer/formats/cfb/index.ts';
import { decodeMsi, encodeMsi } from '../../../installer/formats/msi/index.ts';
import { samplePackage } from '../../formats/support.ts';
import { mutateBytes } from '../mutate.ts';
import type { Random } from '../random.ts';
import type { FuzzTarget } from '../targets.ts';
import { drain } from './cab.ts';

export const msiTarget: FuzzTarget = {
  name: 'msi',
  description: 'databases: catalogue, strings, tables, summary, streams',
  async prepare() {
    const packages = [await samplePackage({ streams: new Map() }), await samplePackage({ codePage: 65_001 })];
    const seeds = await Promise.all(packages.map(async (content) => readAll(encodeMsi(content))));
    const contents = await Promise.all(seeds.map(streamsOf));
    return (random) =>
      random.below(2) === 0 ? mutateBytes(random.pick(seeds), random) : mutateStream(random.pick(contents), random);
  },
  async read(input) {
    const { tables, streams } = await decodeMsi(bytesReader(input));
    for (const source of streams.values()) await drain(source);
    for (const cell of tables.flatMap(({ rows }) => rows.flat())) {
      if (cell !== null && typeof cell === 'object') await drain(cell.binary);
    }
    return true;
  },
};

interface RawStream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The largest is the cabinet: its content is not the database reader's concern. */
const MAX_STREAM = 16 * 1024;

async function streamsOf(msi: Uint8Array): Promise<readonly RawStream[]> {
  const { streams } = await readCfb(bytesReader(msi));
  const read = await Promise.all(streams.map(async (stream) => ({ name: stream.name, bytes: await readAll(stream) })));
  return read.filter(({ bytes }) => bytes.byteLength <= MAX_STREAM);
}

/** Damage inside one stream of a sound compound file, which a change of raw bytes seldom gets to. */
function mutateStream(streams: readonly RawStream[], random: Random): Promise<Uint8Array> {
  const damaged = random.below(streams.length);
  const changed = streams.map(({ name, bytes }, index) => ({
    name,
    source: bytesSource(index === damaged ? mutateBytes(bytes, random) : bytes),
  }));
  return readAll(encodeCfb({ clsid: new Uint8Array(16), streams: changed }));
}
