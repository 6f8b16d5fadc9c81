import type { RandomAccessReader } from '../byte-source.ts';
import { type BlockDecoder, createBlockDecoder } from './block-decoder.ts';
import { cabError } from './constants.ts';
import { DamagedBlock } from './damaged-block.ts';
import { readBlock } from './read-block.ts';
import type { FolderRecord } from './read-header.ts';

/** A place in the uncompressed data of a folder, from which it decodes on block by block. */
export class FolderWalker {
  readonly #reader: RandomAccessReader;
  readonly #folder: FolderRecord;
  #decoder: BlockDecoder | undefined;
  #blockIndex = 0;
  #fileOffset: number;
  /** Uncompressed bytes before the current block. */
  #position = 0;
  #block: Uint8Array = new Uint8Array(0);

  constructor(reader: RandomAccessReader, folder: FolderRecord) {
    this.#reader = reader;
    this.#folder = folder;
    this.#fileOffset = folder.dataOffset;
  }

  /** Where the current block begins: nothing before it can be had from here any more. */
  get start(): number {
    return this.#position;
  }

  /** Where the next block begins. */
  get end(): number {
    return this.#position + this.#block.byteLength;
  }

  /** The part of the current block that lies in the range. */
  part(from: number, to: number): Uint8Array {
    return this.#block.subarray(Math.max(0, from - this.#position), Math.max(0, to - this.#position));
  }

  /** Goes on to the next block. Throws `FormatError` (`invalid-data`); the walker is of no use then. */
  async advance(member: string): Promise<void> {
    if (this.#blockIndex >= this.#folder.blockCount) {
      const found = `its folder has ${this.end} bytes in ${this.#folder.blockCount} blocks`;
      throw cabError('invalid-data', `Cannot read member "${member}": ${found}, the member ends behind them`);
    }
    const subject = `member "${member}", block ${this.#blockIndex + 1}`;
    const place = { at: this.#fileOffset, reserve: this.#folder.dataReserve, subject };
    const { data, uncompressedSize, recordSize } = await readBlock(this.#reader, place);
    const bytes = this.#decode(data, uncompressedSize, subject);
    this.#position = this.end;
    this.#block = bytes;
    this.#blockIndex++;
    this.#fileOffset += recordSize;
  }

  /** Another walker that has the next block as its next, if the compression allows one. */
  fork(): FolderWalker | undefined {
    const decoder = this.#decoder?.fork();
    if (decoder === undefined) return undefined;
    const copy = new FolderWalker(this.#reader, this.#folder);
    copy.#decoder = decoder;
    copy.#blockIndex = this.#blockIndex;
    copy.#fileOffset = this.#fileOffset;
    copy.#position = this.end;
    return copy;
  }

  #decode(data: Uint8Array, uncompressedSize: number, subject: string): Uint8Array {
    try {
      this.#decoder ??= createBlockDecoder(this.#folder.compression);
      const bytes = this.#decoder.decode(data, uncompressedSize);
      if (bytes.byteLength === uncompressedSize) return bytes;
      const found = `it holds ${bytes.byteLength} bytes`;
      throw new DamagedBlock(`${found}, ${uncompressedSize} were announced`);
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      throw cabError('invalid-data', `Cannot read ${subject}: ${error.message}`, error);
    }
  }
}
