import { textDecoder } from './code-page.ts';
import { msiError } from './constants.ts';
import { LONG_REFERENCES_BIT } from './string-pool.ts';

/** The strings of a database that was read, by id. */
export interface StringTable {
  readonly codePage: number;
  readonly referenceSize: 2 | 3;
  /** Null for id 0; throws `FormatError` (`invalid-data`) for an id that the pool does not have. */
  text(id: number): string | null;
}

/** Decodes `_StringPool` and `_StringData`; see `string-pool.ts` for the format. Holes read as empty, which is null. */
export function readStringPool(pool: Uint8Array, data: Uint8Array): StringTable {
  if (pool.byteLength < 4 || pool.byteLength % 4 !== 0) {
    const found = `its string pool has ${pool.byteLength} bytes`;
    throw msiError('invalid-data', `Cannot read the database: ${found}, wanted a multiple of 4 above 0`);
  }
  const view = new DataView(pool.buffer, pool.byteOffset, pool.byteLength);
  const header = view.getUint32(0, true);
  const codePage = header & ~LONG_REFERENCES_BIT;
  const decode = textDecoder(codePage);
  const texts: string[] = [''];
  let dataAt = 0;
  for (let at = 4; at < pool.byteLength; at += 4) {
    let size = view.getUint16(at, true);
    if (size === 0 && view.getUint16(at + 2, true) !== 0 && at + 4 < pool.byteLength) {
      at += 4;
      size = view.getUint32(at, true);
    }
    if (dataAt + size > data.byteLength) {
      const found = `string ${texts.length} ends at byte ${dataAt + size}`;
      throw msiError('invalid-data', `Cannot read the database: ${found}, its string data has ${data.byteLength}`);
    }
    texts.push(size === 0 ? '' : decode(data.subarray(dataAt, dataAt + size)));
    dataAt += size;
  }
  const text = (id: number): string | null => {
    const found = texts[id];
    if (found === undefined) {
      throw msiError('invalid-data', `Cannot read the database: a cell names string ${id} of ${texts.length - 1}`);
    }
    return found === '' ? null : found;
  };
  return { codePage, referenceSize: (header & LONG_REFERENCES_BIT) === 0 ? 2 : 3, text };
}
