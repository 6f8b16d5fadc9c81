import { MAX_STRING_WIDTH, msiError } from './constants.ts';
import type { ColumnKind, MsiColumn } from './model.ts';

/**
 * The type word of a column, as stored in `_Columns` before its bias. Measured on files that Windows wrote:
 * 0x00FF width, 0x0100 always set, 0x0200 localizable, 0x0C00 kind, 0x1000 nullable, 0x2000 primary key.
 */
const WIDTH_MASK = 0x00ff;
const VALID_BIT = 0x0100;
const LOCALIZABLE_BIT = 0x0200;
const KIND_MASK = 0x0c00;
const NULLABLE_BIT = 0x1000;
const PRIMARY_KEY_BIT = 0x2000;

const KIND_BITS: Readonly<Record<ColumnKind, number>> = { int32: 0, int16: 0x0400, binary: 0x0800, string: 0x0c00 };
const KINDS: readonly ColumnKind[] = ['int32', 'int16', 'binary', 'string'];
const FIXED_WIDTH: Readonly<Record<ColumnKind, number>> = { int32: 4, int16: 2, binary: 0, string: 0 };

/** Throws `FormatError` (`invalid-input`) for a string width that the byte cannot hold. */
export function encodeColumnType(column: MsiColumn): number {
  const { name, kind, width } = column;
  const widest = kind === 'string' ? MAX_STRING_WIDTH : 0;
  if (!Number.isInteger(width) || width < 0 || width > widest) {
    throw msiError('invalid-input', `Cannot encode column "${name}": its width is ${width}, wanted 0 to ${widest}`);
  }
  return (
    VALID_BIT |
    KIND_BITS[kind] |
    (kind === 'string' ? width : FIXED_WIDTH[kind]) |
    (column.localizable ? LOCALIZABLE_BIT : 0) |
    (column.nullable ? NULLABLE_BIT : 0) |
    (column.primaryKey ? PRIMARY_KEY_BIT : 0)
  );
}

/** Total: every word has a meaning. */
export function decodeColumnType(name: string, word: number): MsiColumn {
  const kind = KINDS[(word & KIND_MASK) >> 10] ?? 'string';
  return {
    name,
    kind,
    width: kind === 'string' ? word & WIDTH_MASK : 0,
    nullable: (word & NULLABLE_BIT) !== 0,
    primaryKey: (word & PRIMARY_KEY_BIT) !== 0,
    localizable: (word & LOCALIZABLE_BIT) !== 0,
  };
}
