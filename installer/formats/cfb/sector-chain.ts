import { cfbError, END_OF_CHAIN, MAX_REGULAR_SECTOR } from './constants.ts';

/** Neighbouring sectors of a chain: `count` sectors from `start`, holding the chain's sectors from `first` on. */
export interface ChainRun {
  readonly first: number;
  readonly start: number;
  readonly count: number;
}

/**
 * The chains of a FAT or mini FAT. Every sector may belong to one chain only: that finds loops and keeps the work for
 * a hostile file linear in its size, whatever its directory claims.
 */
export class SectorChains {
  readonly #next: Uint32Array;
  readonly #claimed: Uint8Array;
  readonly #sectorCount: number;

  constructor(next: Uint32Array, sectorCount: number) {
    this.#next = next;
    this.#sectorCount = Math.min(next.length, sectorCount);
    this.#claimed = new Uint8Array(this.#sectorCount);
  }

  /** The first `sectorCount` sectors of a chain; a longer chain is legal, a shorter one throws. */
  take(start: number, sectorCount: number, subject: string): ChainRun[] {
    return this.#walk(start, { limit: sectorCount, isExact: true, subject });
  }

  /** The whole chain. */
  takeAll(start: number, subject: string): ChainRun[] {
    return this.#walk(start, { limit: this.#sectorCount, isExact: false, subject });
  }

  #walk(start: number, options: { limit: number; isExact: boolean; subject: string }): ChainRun[] {
    const runs: { first: number; start: number; count: number }[] = [];
    let sector = start;
    let position = 0;
    for (; position < options.limit && sector !== END_OF_CHAIN; position++) {
      this.#claim(sector, options.subject);
      const last = runs.at(-1);
      if (last !== undefined && last.start + last.count === sector) last.count++;
      else runs.push({ first: position, start: sector, count: 1 });
      sector = this.#next[sector] ?? END_OF_CHAIN;
    }
    if (options.isExact && position < options.limit) {
      const found = `its chain ends after ${position} sectors`;
      throw cfbError('invalid-data', `Cannot read ${options.subject}: ${found}, ${options.limit} were announced`);
    }
    return runs;
  }

  #claim(sector: number, subject: string): void {
    if (sector >= this.#sectorCount || sector > MAX_REGULAR_SECTOR) {
      const found = `its chain leads to sector ${sector}`;
      throw cfbError('invalid-data', `Cannot read ${subject}: ${found}, the file has ${this.#sectorCount}`);
    }
    if (this.#claimed[sector] !== 0) {
      throw cfbError('invalid-data', `Cannot read ${subject}: sector ${sector} belongs to two chains or to a loop`);
    }
    this.#claimed[sector] = 1;
  }
}

export function countSectors(runs: readonly ChainRun[]): number {
  return runs.reduce((total, run) => total + run.count, 0);
}
