/** Names and numbers of transforms. Source: Windows Installer documentation, "MsiCreateTransformSummaryInfo". */
import { FormatError, type FormatErrorCode } from '../format-error.ts';

/** `{000C1082-0000-0000-C000-000000000046}` as it stands in the root entry of a transform. */
export const TRANSFORM_CLASS = Uint8Array.of(0x82, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46);

/** Mismatches that are passed over when a transform is applied. */
export const IGNORE = {
  addExistingRow: 1,
  deleteMissingRow: 2,
  addExistingTable: 4,
  deleteMissingTable: 8,
  updateMissingRow: 16,
  changeCodePage: 32,
} as const;

/** What the database must have in common with the one that the transform was made for. */
export const VALIDATE = {
  language: 1,
  product: 2,
  majorVersion: 8,
  minorVersion: 16,
  updateVersion: 32,
  lessVersion: 64,
  lessOrEqualVersion: 128,
  equalVersion: 256,
  greaterOrEqualVersion: 512,
  greaterVersion: 1024,
  upgradeCode: 2048,
} as const;

/** First bit of a record's mask: a row is inserted, and the high byte counts its cells. */
export const INSERT_BIT = 1;
/** Columns that a mask can name. */
export const MASK_COLUMNS = 16;

export function mstError(code: FormatErrorCode, message: string, cause?: unknown): FormatError {
  return new FormatError('mst', code, message, cause === undefined ? undefined : { cause });
}
