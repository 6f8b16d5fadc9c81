import type { RandomAccessReader, RandomAccessSource } from '../byte-source.ts';
import { cfbError } from './constants.ts';
import type { ChainRun } from './sector-chain.ts';

const CHUNK_SIZE = 256 * 1024;

export interface ChainGeometry {
  readonly runs: readonly ChainRun[];
  readonly sectorSize: number;
  /** Offset of sector 0 in the underlying reader. */
  readonly base: number;
  readonly sizeBytes: number;
  /** Names the stream in errors. */
  readonly subject: string;
}

/** The bytes of one sector chain, over the file or (for mini sectors) over the mini stream. */
export class ChainReader implements RandomAccessSource {
  readonly sizeBytes: number;
  readonly #reader: RandomAccessReader;
  readonly #geometry: ChainGeometry;

  constructor(reader: RandomAccessReader, geometry: ChainGeometry) {
    this.#reader = reader;
    this.#geometry = geometry;
    this.sizeBytes = geometry.sizeBytes;
  }

  async readAt(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.sizeBytes, offset + length);
    if (offset >= end) return new Uint8Array(0);
    const pieces: Uint8Array[] = [];
    for (let at = offset; at < end; ) {
      const piece = await this.#readRun(at, end - at);
      pieces.push(piece);
      at += piece.byteLength;
    }
    const [only] = pieces;
    return pieces.length === 1 && only !== undefined ? only : concat(pieces, end - offset);
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let offset = 0; offset < this.sizeBytes; offset += CHUNK_SIZE) yield await this.readAt(offset, CHUNK_SIZE);
  }

  /** As much of the wanted range as lies in one run of neighbouring sectors. */
  async #readRun(offset: number, length: number): Promise<Uint8Array> {
    const { sectorSize, base, subject } = this.#geometry;
    const run = this.#runAt(Math.floor(offset / sectorSize));
    const inRun = offset - run.first * sectorSize;
    const wanted = Math.min(length, run.count * sectorSize - inRun);
    const bytes = await this.#reader.readAt(base + run.start * sectorSize + inRun, wanted);
    if (bytes.byteLength !== wanted) {
      throw cfbError('invalid-data', `Cannot read ${subject}: the file ends inside it`);
    }
    return bytes;
  }

  #runAt(position: number): ChainRun {
    const { runs, subject } = this.#geometry;
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((runs[middle]?.first ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    const run = runs[low];
    if (run === undefined) throw cfbError('invalid-data', `Cannot read ${subject}: it has no sectors`);
    return run;
  }
}

function concat(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.byteLength;
  }
  return bytes;
}
