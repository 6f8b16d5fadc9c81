import { inflateRawSync } from 'node:zlib';
import type { RandomAccessReader } from '../byte-source.ts';
import { blockChecksum, reservedBlockChecksum } from './checksum.ts';
import {
  BLOCK_SIZE,
  COMPRESSION_LZX,
  COMPRESSION_MASK,
  COMPRESSION_MSZIP,
  COMPRESSION_NONE,
  COMPRESSION_QUANTUM,
  cabError,
  DATA_HEADER_SIZE,
} from './constants.ts';
import type { FolderRecord } from './read-header.ts';

/** Everything needed to decode on from a block boundary. */
interface Cursor {
  readonly blockIndex: number;
  /** Of the block's record in the file. */
  readonly fileOffset: number;
  /** Uncompressed bytes before the block. */
  readonly position: number;
  /** The last 32 KiB before the block, which MSZIP may point back into. */
  readonly history: Uint8Array;
}

const START = { blockIndex: 0, position: 0, history: new Uint8Array(0) };
const NAMES: Readonly<Record<number, string>> = { [COMPRESSION_QUANTUM]: 'Quantum', [COMPRESSION_LZX]: 'LZX' };

/**
 * The uncompressed data of one folder. Blocks decode only in order; the place where the last read began and the place
 * where it stopped are remembered, so that neither reading in stored order nor reading shared data twice starts over.
 */
export class FolderReader {
  readonly #reader: RandomAccessReader;
  readonly #folder: FolderRecord;
  #known: readonly Cursor[] = [];

  constructor(reader: RandomAccessReader, folder: FolderRecord) {
    this.#reader = reader;
    this.#folder = folder;
  }

  async *read(range: { name: string; offset: number; sizeBytes: number }): AsyncGenerator<Uint8Array> {
    const end = range.offset + range.sizeBytes;
    let cursor = this.#nearest(range.offset);
    let begin: Cursor | undefined;
    while (cursor.position < end) {
      const { bytes, next } = await this.#decode(cursor, range.name);
      if (next.position > range.offset) {
        begin ??= cursor;
        // A member mostly ends inside a block, and the next one begins there.
        this.#known = [begin, next.position > end ? cursor : next];
        yield bytes.subarray(Math.max(0, range.offset - cursor.position), end - cursor.position);
      }
      cursor = next;
    }
  }

  #nearest(offset: number): Cursor {
    const start = { ...START, fileOffset: this.#folder.dataOffset };
    return this.#known
      .filter(({ position }) => position <= offset)
      .reduce((best, cursor) => (cursor.position > best.position ? cursor : best), start);
  }

  async #decode(cursor: Cursor, member: string): Promise<{ bytes: Uint8Array; next: Cursor }> {
    const subject = `member "${member}", block ${cursor.blockIndex + 1}`;
    if (cursor.blockIndex >= this.#folder.blockCount) {
      const found = `its folder has ${cursor.position} bytes in ${this.#folder.blockCount} blocks`;
      throw cabError('invalid-data', `Cannot read member "${member}": ${found}, the member ends behind them`);
    }
    const { data, uncompressedSize, recordSize } = await this.#readRecord(cursor.fileOffset, subject);
    const bytes = this.#decompress(data, { uncompressedSize, history: cursor.history, subject });
    const next = {
      blockIndex: cursor.blockIndex + 1,
      fileOffset: cursor.fileOffset + recordSize,
      position: cursor.position + bytes.byteLength,
      history: lastBytes(cursor.history, bytes),
    };
    return { bytes, next };
  }

  async #readRecord(at: number, subject: string) {
    const headerSize = DATA_HEADER_SIZE + this.#folder.dataReserve;
    const header = await this.#reader.readAt(at, headerSize);
    if (header.byteLength < headerSize) {
      throw cabError('invalid-data', `Cannot read ${subject}: the cabinet ends before it`);
    }
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const size = view.getUint16(4, true);
    const uncompressedSize = view.getUint16(6, true);
    const data = await this.#reader.readAt(at + headerSize, size);
    if (data.byteLength < size) throw cabError('invalid-data', `Cannot read ${subject}: the cabinet ends inside it`);
    if (uncompressedSize === 0 || uncompressedSize > BLOCK_SIZE) {
      const found = `it announces ${uncompressedSize} bytes`;
      throw cabError('invalid-data', `Cannot read ${subject}: ${found}, wanted 1 to ${BLOCK_SIZE}`);
    }
    const stored = view.getUint32(0, true);
    const reserve = header.subarray(DATA_HEADER_SIZE);
    const computed =
      reserve.byteLength === 0
        ? blockChecksum(data, uncompressedSize)
        : reservedBlockChecksum(data, uncompressedSize, reserve);
    // 0 says that the writer computed none.
    if (stored !== 0 && stored !== computed) {
      throw cabError('invalid-data', `Cannot read ${subject}: its checksum is wrong, the cabinet is damaged`);
    }
    return { data, uncompressedSize, recordSize: headerSize + size };
  }

  #decompress(
    data: Uint8Array,
    { uncompressedSize, history, subject }: { uncompressedSize: number; history: Uint8Array; subject: string },
  ): Uint8Array {
    const method = this.#folder.compression & COMPRESSION_MASK;
    if (method !== COMPRESSION_NONE && method !== COMPRESSION_MSZIP) {
      const found = `it is compressed with ${NAMES[method] ?? `method ${method}`}`;
      throw cabError('invalid-data', `Cannot read ${subject}: ${found}, wanted MSZIP or none`);
    }
    const bytes = method === COMPRESSION_NONE ? data : inflate(data, history, subject);
    if (bytes.byteLength !== uncompressedSize) {
      const found = `it holds ${bytes.byteLength} bytes`;
      throw cabError('invalid-data', `Cannot read ${subject}: ${found}, ${uncompressedSize} were announced`);
    }
    return bytes;
  }
}

function inflate(data: Uint8Array, history: Uint8Array, subject: string): Uint8Array {
  if (data[0] !== 0x43 || data[1] !== 0x4b) {
    throw cabError('invalid-data', `Cannot read ${subject}: it does not begin with CK, so it is not MSZIP`);
  }
  const dictionary = history.byteLength === 0 ? {} : { dictionary: history };
  try {
    return inflateRawSync(data.subarray(2), { maxOutputLength: BLOCK_SIZE, ...dictionary });
  } catch (error) {
    throw cabError('invalid-data', `Cannot read ${subject}: its deflate stream is damaged`, error);
  }
}

/** The last 32 KiB of `history` and `block` together. */
function lastBytes(history: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.byteLength >= BLOCK_SIZE) return block;
  const kept = history.subarray(Math.max(0, history.byteLength + block.byteLength - BLOCK_SIZE));
  const joined = new Uint8Array(kept.byteLength + block.byteLength);
  joined.set(kept);
  joined.set(block, kept.byteLength);
  return joined;
}
