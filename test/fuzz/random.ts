/** A generator of numbers that anyone can start again: the same seed gives the same inputs on any machine. */
export class Random {
  #state: number;

  /** `seed` may be any text; equal texts give equal sequences. */
  constructor(seed: string) {
    // FNV-1a: neighbouring seeds have to begin far apart.
    this.#state = 0x811c9dc5;
    for (const character of seed) this.#state = Math.imul(this.#state ^ (character.codePointAt(0) ?? 0), 0x01000193);
    this.#next();
  }

  /** A whole number from 0 up to, and not including, `limit`; 0 when `limit` is not above 0. */
  below(limit: number): number {
    return limit <= 0 ? 0 : Math.floor((this.#next() / 2 ** 32) * limit);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('Cannot pick: the list is empty');
    return value;
  }

  /** Mulberry32 (public domain). */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
