import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { blockChecksum } from './checksum.ts';
import { DATA_HEADER_SIZE, MAX_MSZIP_BLOCK_SIZE } from './constants.ts';

const deflate = promisify(deflateRaw);
const MSZIP_SIGNATURE_SIZE = 2;

export interface BlockOptions {
  readonly compression: 'mszip' | 'none';
  readonly level: number;
  /** The block before, in the same folder: MSZIP may point back into it. */
  readonly previous: Uint8Array | undefined;
}

/**
 * One CFDATA record, header included. An MSZIP block is `CK` and one complete deflate stream of at most 32,780 bytes.
 * `memLevel` 9 keeps zlib below that (8 can exceed it by two bytes); should it ever not, the block is stored.
 */
export async function compressBlock(block: Uint8Array, options: BlockOptions): Promise<Uint8Array> {
  if (options.compression === 'none') return dataRecord(block, [block]);
  const dictionary = options.previous === undefined ? {} : { dictionary: options.previous };
  // One output chunk holds any block, so that zlib is called once.
  const settings = { level: options.level, memLevel: 9, chunkSize: 64 * 1024, ...dictionary };
  const compressed = await deflate(block, settings);
  const fits = compressed.byteLength + MSZIP_SIGNATURE_SIZE <= MAX_MSZIP_BLOCK_SIZE;
  return dataRecord(block, [Uint8Array.of(0x43, 0x4b), ...(fits ? [compressed] : storedDeflate(block))]);
}

/** RFC 1951 3.2.4: a final stored block. */
function storedDeflate(block: Uint8Array): Uint8Array[] {
  const header = new Uint8Array(5);
  header[0] = 1;
  const view = new DataView(header.buffer);
  view.setUint16(1, block.byteLength, true);
  view.setUint16(3, ~block.byteLength & 0xffff, true);
  return [header, block];
}

function dataRecord(block: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const dataSize = parts.reduce((size, part) => size + part.byteLength, 0);
  const record = new Uint8Array(DATA_HEADER_SIZE + dataSize);
  let at = DATA_HEADER_SIZE;
  for (const part of parts) {
    record.set(part, at);
    at += part.byteLength;
  }
  const view = new DataView(record.buffer);
  view.setUint32(0, blockChecksum(record.subarray(DATA_HEADER_SIZE), block.byteLength), true);
  view.setUint16(4, dataSize, true);
  view.setUint16(6, block.byteLength, true);
  return record;
}
