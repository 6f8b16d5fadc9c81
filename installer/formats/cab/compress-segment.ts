import { constants, createDeflateRaw, type DeflateRaw, type ZlibOptions } from 'node:zlib';
import { blockChecksum } from './checksum.ts';
import { BLOCK_SIZE, DATA_HEADER_SIZE, MAX_MSZIP_BLOCK_SIZE } from './constants.ts';

/** An empty block with fixed codes, marked as the last one (RFC 1951 3.2.3): it ends a stream that stands at a byte. */
const FINAL_EMPTY_BLOCK = Uint8Array.of(0x03, 0x00);
const SIGNATURE = Uint8Array.of(0x43, 0x4b);
const STORED_HEADER_SIZE = 5;
/** More than zlib makes of one block, so that neither its output buffer nor the stream's queue ever halts it. */
const OUTPUT_ROOM = 4 * BLOCK_SIZE;

export interface SegmentOptions {
  readonly compression: 'mszip' | 'none';
  readonly level: number;
  /** The last 32 KiB before the segment, in the same folder: MSZIP may point back into them. */
  readonly history: Uint8Array | undefined;
}

/**
 * The CFDATA records of a segment, one after another: a record for each 32,768 bytes and one for what is left.
 * An MSZIP block is `CK` and a complete deflate stream, of at most 32,780 bytes together. The blocks of a segment are one
 * long run of zlib, cut at every block by a flush and closed there by an empty final block: so zlib keeps its window,
 * which is the history that MSZIP keeps too (docs/decisions/0004-one-deflate-stream-for-many-cabinet-blocks.md).
 */
export async function compressSegment(segment: Uint8Array, options: SegmentOptions): Promise<Uint8Array> {
  const records = new RecordWriter(segment.byteLength);
  if (options.compression === 'none') {
    for (const block of blocksOf(segment)) records.add(block, [block]);
    return records.bytes;
  }
  const stream = createDeflateRaw(deflateOptions(options));
  try {
    for (const block of blocksOf(segment)) records.add(block, mszipBlock(block, await deflateNext(stream, block)));
    return records.bytes;
  } finally {
    stream.destroy();
  }
}

function deflateOptions({ level, history }: SegmentOptions): ZlibOptions & { readonly readableHighWaterMark: number } {
  return {
    level,
    // Room for the symbols of a whole block: one set of trees for it.
    memLevel: 9,
    flush: constants.Z_SYNC_FLUSH,
    chunkSize: OUTPUT_ROOM,
    readableHighWaterMark: OUTPUT_ROOM,
    ...(history === undefined ? {} : { dictionary: history }),
  };
}

function* blocksOf(segment: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < segment.byteLength; at += BLOCK_SIZE) yield segment.subarray(at, at + BLOCK_SIZE);
}

/** All that zlib makes of `block`: the stream flushes after each write, so it is there when the write is done. */
function deflateNext(stream: DeflateRaw, block: Uint8Array): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(block, (error) => {
      stream.off('error', reject);
      if (error) return reject(error);
      const parts: Uint8Array[] = [];
      for (let part = stream.read(); part !== null; part = stream.read()) parts.push(part);
      resolve(parts);
    });
  });
}

/** Stores what does not shrink. That changes nothing for the blocks after it: their history is the content, not the code. */
function mszipBlock(block: Uint8Array, deflated: readonly Uint8Array[]): readonly Uint8Array[] {
  const parts = [SIGNATURE, ...deflated, FINAL_EMPTY_BLOCK];
  const stored = [SIGNATURE, storedHeader(block.byteLength), block];
  return totalSize(parts) > Math.min(totalSize(stored), MAX_MSZIP_BLOCK_SIZE) ? stored : parts;
}

/** RFC 1951 3.2.4: what precedes the bytes of a final stored block. */
function storedHeader(size: number): Uint8Array {
  const header = new Uint8Array(STORED_HEADER_SIZE);
  header[0] = 1;
  const view = new DataView(header.buffer);
  view.setUint16(1, size, true);
  view.setUint16(3, ~size & 0xffff, true);
  return header;
}

function totalSize(parts: readonly Uint8Array[]): number {
  return parts.reduce((size, part) => size + part.byteLength, 0);
}

/** Records one after another in one array, so that a segment is written at once. */
class RecordWriter {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #size = 0;

  constructor(segmentSize: number) {
    const blockCount = Math.ceil(segmentSize / BLOCK_SIZE);
    this.#bytes = new Uint8Array(blockCount * (DATA_HEADER_SIZE + MAX_MSZIP_BLOCK_SIZE));
    this.#view = new DataView(this.#bytes.buffer);
  }

  add(block: Uint8Array, parts: readonly Uint8Array[]): void {
    const dataAt = this.#size + DATA_HEADER_SIZE;
    let end = dataAt;
    for (const part of parts) {
      this.#bytes.set(part, end);
      end += part.byteLength;
    }
    const data = this.#bytes.subarray(dataAt, end);
    this.#view.setUint32(this.#size, blockChecksum(data, block.byteLength), true);
    this.#view.setUint16(this.#size + 4, data.byteLength, true);
    this.#view.setUint16(this.#size + 6, block.byteLength, true);
    this.#size = end;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }
}
