/**
 * Bits of an LZX frame: little-endian 16-bit words, each from its highest bit down ([MS-PATCH] 2.1). Reads zeros behind the
 * end, as a decoder that looks ahead must; `isOverrun` says when bits were taken that were never there.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** The lowest `#count` bits of `#value` are the next ones. */
  #value = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next 16 bits, which stay. */
  peek16(): number {
    this.#fill();
    return (this.#value >>> (this.#count - 16)) & 0xffff;
  }

  skip(count: number): void {
    this.#count -= count;
    this.#value &= (1 << this.#count) - 1;
  }

  /** The next `count` bits, 0 to 17. */
  take(count: number): number {
    if (count > 16) return this.take(count - 16) * 0x10000 + this.take(16);
    if (count === 0) return 0;
    const value = this.peek16() >>> (16 - count);
    this.skip(count);
    return value;
  }

  /** Goes on to raw bytes: the rest of the current word is padding, and a whole word when none of it was used. */
  beginRaw(): void {
    const unused = this.#count % 16;
    if (this.#count === 0) this.#at += 2;
    else this.#at -= (this.#count - (unused === 0 ? 16 : unused)) / 8;
    this.#value = 0;
    this.#count = 0;
  }

  /** Up to `count` raw bytes. Only where no bits were taken since the frame or the raw bytes began. */
  takeRaw(count: number): Uint8Array {
    const raw = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += raw.byteLength;
    return raw;
  }

  get isOverrun(): boolean {
    return this.#at - Math.floor(this.#count / 8) > this.#bytes.byteLength;
  }

  #fill(): void {
    if (this.#count >= 16) return;
    const word = (this.#bytes[this.#at] ?? 0) | ((this.#bytes[this.#at + 1] ?? 0) << 8);
    this.#at += 2;
    this.#value = (this.#value << 16) | word;
    this.#count += 16;
  }
}
