import type { ByteSource } from '../byte-source.ts';
import { cfbError, MAX_NAME_UNITS, MINI_SECTOR_SIZE, MINI_STREAM_CUTOFF } from './constants.ts';
import { encodeDirectory } from './encode-directory.ts';
import { encodeDifat, encodeFat, encodeHeader, encodeMiniFat } from './encode-tables.ts';
import { compareEntryNames } from './entry-order.ts';
import { type CfbLayout, planLayout, SECTOR_SIZE } from './layout.ts';
import type { CfbInput, CfbStreamInput } from './model.ts';

/**
 * A version 3 compound file with one flat level of streams. Nothing is held beyond the allocation tables: the sizes of
 * all streams are known, so the tables come first and the streams are passed through as they arrive.
 * Throws `FormatError` (`invalid-input`) at once for names or sizes that the format cannot hold, and while being read
 * when a stream yields another number of bytes than it promised.
 */
export function encodeCfb(input: CfbInput): ByteSource {
  checkInput(input);
  const layout = planLayout(input.streams.map(({ source }) => source.sizeBytes));
  return { sizeBytes: layout.fileSize, chunks: () => cfbChunks(input, layout) };
}

async function* cfbChunks(input: CfbInput, layout: CfbLayout): AsyncGenerator<Uint8Array> {
  const isLarge = (stream: number) => (input.streams[stream]?.source.sizeBytes ?? 0) >= MINI_STREAM_CUTOFF;
  yield encodeHeader(layout);
  if (layout.difat.count > 0) yield encodeDifat(layout);
  yield encodeFat(layout, isLarge);
  yield encodeDirectory(input, layout);
  if (layout.miniFat.count > 0) yield encodeMiniFat(layout, isLarge);

  for (const [index, stream] of input.streams.entries()) {
    if (!isLarge(index)) yield* padded(stream, MINI_SECTOR_SIZE);
  }
  yield* padding(layout.miniSectorCount * MINI_SECTOR_SIZE, SECTOR_SIZE);
  for (const [index, stream] of input.streams.entries()) {
    if (isLarge(index)) yield* padded(stream, SECTOR_SIZE);
  }
}

async function* padded({ name, source }: CfbStreamInput, unit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source.chunks()) {
    size += chunk.byteLength;
    if (size > source.sizeBytes) break;
    yield chunk;
  }
  if (size !== source.sizeBytes) {
    const found = `its source gave ${size > source.sizeBytes ? 'more' : size} bytes`;
    throw cfbError('invalid-input', `Cannot write stream ${show(name)}: ${found}, ${source.sizeBytes} were promised`);
  }
  yield* padding(size, unit);
}

function* padding(size: number, unit: number): Generator<Uint8Array> {
  const rest = size % unit;
  if (rest > 0) yield new Uint8Array(unit - rest);
}

function checkInput({ clsid, streams }: CfbInput): void {
  if (clsid.byteLength !== 16) {
    throw cfbError('invalid-input', `Cannot write the compound file: its class has ${clsid.byteLength} bytes, not 16`);
  }
  for (const { name, source } of streams) {
    if (name.length === 0 || name.length > MAX_NAME_UNITS) {
      const found = `its name has ${name.length} UTF-16 units`;
      throw cfbError('invalid-input', `Cannot write stream ${show(name)}: ${found}, wanted 1 to ${MAX_NAME_UNITS}`);
    }
    if (/[/\\:!]/.test(name)) {
      throw cfbError('invalid-input', `Cannot write stream ${show(name)}: its name holds one of / \\ : !`);
    }
    if (!Number.isSafeInteger(source.sizeBytes) || source.sizeBytes < 0) {
      throw cfbError('invalid-input', `Cannot write stream ${show(name)}: its size is ${source.sizeBytes}`);
    }
  }
  const names = streams.map(({ name }) => name).sort(compareEntryNames);
  const twin = names.find((name, index) => index > 0 && compareEntryNames(names[index - 1] ?? '', name) === 0);
  if (twin !== undefined) {
    throw cfbError('invalid-input', `Cannot write stream ${show(twin)}: another stream has the same name`);
  }
}

/** Mangled names hold code units outside ASCII, which would be unreadable in a message. */
function show(name: string): string {
  return JSON.stringify(name).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
