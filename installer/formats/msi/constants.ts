/** Names and numbers of the database format that more than one codec uses. */
import { FormatError, type FormatErrorCode } from '../format-error.ts';

/** `{000C1084-0000-0000-C000-000000000046}` as it stands in the root entry of a database. */
export const DATABASE_CLASS = Uint8Array.of(0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46);

export const TABLES = '_Tables';
export const COLUMNS = '_Columns';
export const STRING_POOL = '_StringPool';
export const STRING_DATA = '_StringData';
export const SUMMARY_STREAM = '\x05SummaryInformation';

/** What a string column and the catalogue allow at most ("Column Definition Format", Windows Installer documentation). */
export const MAX_STRING_WIDTH = 255;
export const MAX_COLUMNS = 32;

export function msiError(code: FormatErrorCode, message: string, cause?: unknown): FormatError {
  return new FormatError('msi', code, message, cause === undefined ? undefined : { cause });
}
