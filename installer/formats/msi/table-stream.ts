import { msiError } from './constants.ts';
import type { ColumnKind } from './model.ts';

/**
 * Table streams: all cells of the first column, then all of the second, and so on. Cells here are raw: string ids,
 * biased integers (`bias`), 1 for a binary that is present; 0 is null in every kind.
 */
export type RawRow = readonly number[];

/** Rows that are read, of one table and of all together: far above any package, and a bound for memory. */
export const MAX_ROWS = 1 << 21;

const INT_SIZES: Readonly<Record<Exclude<ColumnKind, 'string'>, number>> = { int16: 2, int32: 4, binary: 2 };
const BIAS: Readonly<Record<'int16' | 'int32', number>> = { int16: 0x8000, int32: 0x80000000 };

export function cellSize(kind: ColumnKind, referenceSize: 2 | 3): number {
  return kind === 'string' ? referenceSize : INT_SIZES[kind];
}

/** The stored form of an integer: never 0, which is null. `value` lies within +-32767 or +-2147483647. */
export function bias(kind: 'int16' | 'int32', value: number): number {
  return value + BIAS[kind];
}

export function unbias(kind: 'int16' | 'int32', stored: number): number {
  return stored - BIAS[kind];
}

/** Rows ascend by their raw key values, left to right: Windows refuses any other order (error 2219). */
export function compareRawKeys(keyCount: number): (a: RawRow, b: RawRow) => number {
  return (a, b) => {
    for (let index = 0; index < keyCount; index++) {
      const difference = (a[index] ?? 0) - (b[index] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

export function encodeTableStream(
  rows: readonly RawRow[],
  kinds: readonly ColumnKind[],
  referenceSize: 2 | 3,
): Uint8Array {
  const sizes = kinds.map((kind) => cellSize(kind, referenceSize));
  const bytes = new Uint8Array(rows.length * sizes.reduce((total, size) => total + size, 0));
  let at = 0;
  sizes.forEach((size, column) => {
    for (const row of rows) {
      let rest = row[column] ?? 0;
      for (let byte = 0; byte < size; byte++) {
        bytes[at++] = rest & 0xff;
        rest = Math.floor(rest / 0x100);
      }
    }
  });
  return bytes;
}

/** Throws `FormatError` (`invalid-data`) when the stream holds no whole number of rows, or more than `MAX_ROWS`. */
export function decodeTableStream(
  bytes: Uint8Array,
  kinds: readonly ColumnKind[],
  options: { referenceSize: 2 | 3; table: string },
): number[][] {
  const sizes = kinds.map((kind) => cellSize(kind, options.referenceSize));
  const rowSize = sizes.reduce((total, size) => total + size, 0);
  if (rowSize === 0 || bytes.byteLength % rowSize !== 0) {
    const found = `its stream has ${bytes.byteLength} bytes`;
    throw msiError('invalid-data', `Cannot read table "${options.table}": ${found}, a row takes ${rowSize}`);
  }
  if (bytes.byteLength / rowSize > MAX_ROWS) {
    const found = `it has ${bytes.byteLength / rowSize} rows`;
    throw msiError('invalid-data', `Cannot read table "${options.table}": ${found}, at most ${MAX_ROWS} are read`);
  }
  const rows = Array.from({ length: bytes.byteLength / rowSize }, () => new Array<number>(kinds.length).fill(0));
  let at = 0;
  sizes.forEach((size, column) => {
    for (const row of rows) {
      let value = 0;
      for (let byte = size - 1; byte >= 0; byte--) value = value * 0x100 + (bytes[at + byte] ?? 0);
      row[column] = value;
      at += size;
    }
  });
  return rows;
}
