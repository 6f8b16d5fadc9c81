import type { RandomAccessReader } from '../byte-source.ts';
import { BLOCK_SIZE } from './constants.ts';
import { FolderWalker } from './folder-walker.ts';
import type { FolderRecord } from './read-header.ts';

/** Where the last read of a cabinet stopped and where it began. One folder's only: an LZX decoder takes up to 2 MB. */
export interface Parking {
  folder: FolderRecord | undefined;
  walkers: readonly FolderWalker[];
}

/**
 * The uncompressed data of one folder. Blocks decode only in order; the place where the last read began and the place
 * where it stopped are remembered in `parking`, so that reading in stored order never starts over, nor, except with LZX,
 * does reading shared data twice. Reads may overlap: each has a walker of its own.
 */
export class FolderReader {
  readonly #reader: RandomAccessReader;
  readonly #folder: FolderRecord;
  readonly #parking: Parking;

  constructor(reader: RandomAccessReader, folder: FolderRecord, parking: Parking) {
    this.#reader = reader;
    this.#folder = folder;
    this.#parking = parking;
  }

  async *read(range: { name: string; offset: number; sizeBytes: number }): AsyncGenerator<Uint8Array> {
    const end = range.offset + range.sizeBytes;
    const walker = this.#take(range.offset);
    let begin: FolderWalker | undefined;
    for (let at = range.offset; at < end; ) {
      if (walker.end <= at) {
        if (walker.end + BLOCK_SIZE > range.offset) begin ??= walker.fork();
        await walker.advance(range.name);
        continue;
      }
      const part = walker.part(at, end);
      at += part.byteLength;
      if (at === end) this.#park([walker, ...(begin === undefined ? [] : [begin])]);
      yield part;
    }
  }

  /** A walker from which `offset` is ahead, taken away from other reads. */
  #take(offset: number): FolderWalker {
    const parked = this.#parking.folder === this.#folder ? this.#parking.walkers : [];
    const [best] = parked.filter(({ start }) => start <= offset).sort((a, b) => b.start - a.start);
    if (best === undefined) return new FolderWalker(this.#reader, this.#folder);
    this.#parking.walkers = parked.filter((walker) => walker !== best);
    return best;
  }

  #park(walkers: readonly FolderWalker[]): void {
    this.#parking.folder = this.#folder;
    this.#parking.walkers = walkers;
  }
}
