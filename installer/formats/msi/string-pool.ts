import { encodeText } from './code-page.ts';
import { msiError } from './constants.ts';

/**
 * String pool (`_StringPool` and `_StringData`). Measured on files that Windows wrote. The pool begins with the code
 * page, whose top bit says that references take three bytes; then one entry of u16 byte length and u16 reference count
 * per string, ids counting from 1. A string of 64 KiB or more has the length 0 and its u32 length in the next four
 * bytes; both halves together take one id. An entry of two zeros is a hole that takes an id.
 */
export const LONG_REFERENCES_BIT = 0x80000000;
export const LONG_STRING_SIZE = 0x10000;
const MAX_SHORT_ID = 0xffff;
const MAX_LONG_ID = 0xffffff;
const MAX_REFERENCE_COUNT = 0xffff;

/** Collects the strings of a database. Equal strings share an id; ids follow the order of first use. */
export class StringPool {
  readonly #ids = new Map<string, number>();
  readonly #referenceCounts: number[] = [];

  /** The id of `text`, counting one more reference to it. The empty string has no id: it is null, 0. */
  reference(text: string): number {
    if (text === '') return 0;
    const known = this.#ids.get(text);
    if (known !== undefined) {
      this.#referenceCounts[known - 1] = (this.#referenceCounts[known - 1] ?? 0) + 1;
      return known;
    }
    const id = this.#ids.size + 1;
    if (id > MAX_LONG_ID) {
      throw msiError('invalid-input', `Cannot store the strings: there are more than ${MAX_LONG_ID} different ones`);
    }
    this.#ids.set(text, id);
    this.#referenceCounts.push(1);
    return id;
  }

  /** Bytes of a reference: 2, or 3 above 65,535 strings. Final once all strings are in. */
  get referenceSize(): 2 | 3 {
    return this.#ids.size > MAX_SHORT_ID ? 3 : 2;
  }

  /** Throws `FormatError` (`invalid-input`) for a string that `codePage` cannot hold. */
  encode(codePage: number): { pool: Uint8Array; data: Uint8Array } {
    const encoded = [...this.#ids.keys()].map((text) => encodeText(text, codePage));
    const longCount = encoded.filter((bytes) => bytes.byteLength >= LONG_STRING_SIZE).length;
    const pool = new Uint8Array(4 * (1 + encoded.length + longCount));
    const data = new Uint8Array(encoded.reduce((size, bytes) => size + bytes.byteLength, 0));
    const view = new DataView(pool.buffer);
    view.setUint32(0, (codePage | (this.referenceSize === 3 ? LONG_REFERENCES_BIT : 0)) >>> 0, true);
    let entryAt = 4;
    let dataAt = 0;
    encoded.forEach((bytes, index) => {
      const isLong = bytes.byteLength >= LONG_STRING_SIZE;
      // The field has 16 bits; a count that stays at its top is never taken for unused.
      const count = Math.min(this.#referenceCounts[index] ?? 0, MAX_REFERENCE_COUNT);
      view.setUint16(entryAt, isLong ? 0 : bytes.byteLength, true);
      view.setUint16(entryAt + 2, count, true);
      if (isLong) view.setUint32(entryAt + 4, bytes.byteLength, true);
      entryAt += isLong ? 8 : 4;
      data.set(bytes, dataAt);
      dataAt += bytes.byteLength;
    });
    return { pool, data };
  }
}
