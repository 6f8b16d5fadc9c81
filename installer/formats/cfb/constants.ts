/** Numbers of the compound file format. Source: [MS-CFB] sections 2.1 to 2.6. */
import { FormatError, type FormatErrorCode } from '../format-error.ts';

export const SIGNATURE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
export const HEADER_SIZE = 512;
export const MINI_SECTOR_SIZE = 64;
/** Streams below this size live in the mini stream. */
export const MINI_STREAM_CUTOFF = 4096;
export const DIRECTORY_ENTRY_SIZE = 128;
export const HEADER_DIFAT_ENTRIES = 109;
/** A name has at most 31 UTF-16 units: 64 bytes with the terminator. */
export const MAX_NAME_UNITS = 31;

export const MAX_REGULAR_SECTOR = 0xfffffffa;
export const DIFAT_SECTOR = 0xfffffffc;
export const FAT_SECTOR = 0xfffffffd;
export const END_OF_CHAIN = 0xfffffffe;
export const FREE_SECTOR = 0xffffffff;
export const NO_STREAM = 0xffffffff;

export const ENTRY_UNUSED = 0;
export const ENTRY_STORAGE = 1;
export const ENTRY_STREAM = 2;
export const ENTRY_ROOT = 5;

export const COLOUR_RED = 0;
export const COLOUR_BLACK = 1;

export function cfbError(code: FormatErrorCode, message: string): FormatError {
  return new FormatError('cfb', code, message);
}
