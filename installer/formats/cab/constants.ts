/** Numbers of the cabinet format. Source: [MS-CAB] section 2; MSZIP: [MS-MCI]. */
import { FormatError, type FormatErrorCode } from '../format-error.ts';

export const SIGNATURE = 0x4643534d;
export const HEADER_SIZE = 36;
export const FOLDER_SIZE = 8;
export const FILE_SIZE = 16;
export const DATA_HEADER_SIZE = 8;

/** Uncompressed bytes of every block of a folder but the last. */
export const BLOCK_SIZE = 32_768;
/** What is compressed in one run. Part of what the bytes of a cabinet depend on. */
export const SEGMENT_SIZE = 64 * BLOCK_SIZE;
/** The count of a folder's blocks has 16 bits. */
export const MAX_FOLDER_BLOCKS = 65_535;
export const MAX_FOLDER_SIZE = MAX_FOLDER_BLOCKS * BLOCK_SIZE;
export const MAX_CABINET_SIZE = 0x7fffffff;
export const MAX_FOLDERS = 65_535;
export const MAX_MEMBERS = 65_535;
export const MAX_NAME_BYTES = 255;
/** A compressed block may be 12 bytes larger than its content, and not one more. */
export const MAX_MSZIP_BLOCK_SIZE = BLOCK_SIZE + 12;

export const FLAG_PREVIOUS = 1;
export const FLAG_NEXT = 2;
export const FLAG_RESERVE = 4;

export const COMPRESSION_MASK = 0x000f;
export const COMPRESSION_NONE = 0;
export const COMPRESSION_MSZIP = 1;
export const COMPRESSION_QUANTUM = 2;
export const COMPRESSION_LZX = 3;

export const ATTRIBUTE_ARCHIVE = 0x20;
export const ATTRIBUTE_NAME_IS_UTF8 = 0x80;

export function cabError(code: FormatErrorCode, message: string, cause?: unknown): FormatError {
  return new FormatError('cab', code, message, cause === undefined ? undefined : { cause });
}
