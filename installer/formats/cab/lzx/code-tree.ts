import { DamagedBlock } from '../damaged-block.ts';
import type { BitReader } from './bit-reader.ts';

const FAST_BITS = 10;
const MAX_BITS = 16;

/**
 * A canonical prefix code ([MS-PATCH] 2.1.4.1): shorter codes first, equal ones by symbol. Short codes are looked up,
 * longer ones are found by their length, so that making a tree takes no longer than reading its lengths.
 */
export class CodeTree {
  /** Symbol times 32 plus length, by the next bits; 0 where the code is longer or there is none. */
  readonly #fast = new Uint16Array(1 << FAST_BITS);
  readonly #counts = new Uint16Array(MAX_BITS + 1);
  readonly #sorted: Uint16Array;

  /** Throws `DamagedBlock` for lengths that need more codes than there are. */
  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.#counts[length] = (this.#counts[length] ?? 0) + 1;
    this.#counts[0] = 0;
    const starts = this.#starts();
    this.#sorted = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      if (length === 0) return;
      const at = starts[length] ?? 0;
      this.#sorted[at] = symbol;
      starts[length] = at + 1;
    });
    this.#fillFast();
  }

  /** Throws `DamagedBlock` for bits that are no code. */
  next(bits: BitReader): number {
    const ahead = bits.peek16();
    const entry = this.#fast[ahead >>> (MAX_BITS - FAST_BITS)] ?? 0;
    if (entry !== 0) {
      bits.skip(entry & 31);
      return entry >>> 5;
    }
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      const count = this.#counts[length] ?? 0;
      const offset = (ahead >>> (MAX_BITS - length)) - first;
      if (offset < count) {
        bits.skip(length);
        return this.#sorted[index + offset] ?? 0;
      }
      index += count;
      first = (first + count) << 1;
    }
    throw new DamagedBlock('a code is in none of its trees');
  }

  #starts(): number[] {
    const starts = [0];
    let room = 1;
    for (let length = 1; length <= MAX_BITS; length++) {
      starts.push((starts[length - 1] ?? 0) + (this.#counts[length - 1] ?? 0));
      room = room * 2 - (this.#counts[length] ?? 0);
      if (room < 0) throw new DamagedBlock('a tree has too many codes');
    }
    return starts;
  }

  #fillFast(): void {
    let at = 0;
    let index = 0;
    for (let length = 1; length <= FAST_BITS; length++) {
      const width = 1 << (FAST_BITS - length);
      for (let code = 0; code < (this.#counts[length] ?? 0); code++) {
        const entry = ((this.#sorted[index++] ?? 0) << 5) | length;
        this.#fast.fill(entry, at, at + width);
        at += width;
      }
    }
  }
}
