import type { SummaryInformation } from './model.ts';

/**
 * The properties of the summary stream, by id. Source: Windows Installer documentation, "Summary Information Stream
 * Property Set"; value types by [MS-OLEPS].
 */
export const VT_I2 = 2;
export const VT_I4 = 3;
export const VT_LPSTR = 30;
export const VT_FILETIME = 64;

export const CODE_PAGE_ID = 1;
/** FMTID_SummaryInformation, `{F29F85E0-4FF9-1068-AB91-08002B27B3D9}`, as stored. */
export const FORMAT_ID = Uint8Array.of(
  ...[0xe0, 0x85, 0x9f, 0xf2, 0xf9, 0x4f, 0x68, 0x10, 0xab, 0x91, 0x08, 0x00, 0x2b, 0x27, 0xb3, 0xd9],
);
export const SECTION_OFFSET = 48;

type KeysOfType<T> = {
  [K in keyof SummaryInformation]-?: NonNullable<SummaryInformation[K]> extends T ? K : never;
}[keyof SummaryInformation];

export type SummaryProperty =
  | { readonly id: number; readonly type: typeof VT_LPSTR; readonly key: KeysOfType<string> }
  | { readonly id: number; readonly type: typeof VT_I4; readonly key: Exclude<KeysOfType<number>, 'codePage'> }
  | { readonly id: number; readonly type: typeof VT_FILETIME; readonly key: KeysOfType<Date> };

export const SUMMARY_PROPERTIES: readonly SummaryProperty[] = [
  { id: 2, type: VT_LPSTR, key: 'title' },
  { id: 3, type: VT_LPSTR, key: 'subject' },
  { id: 4, type: VT_LPSTR, key: 'author' },
  { id: 5, type: VT_LPSTR, key: 'keywords' },
  { id: 6, type: VT_LPSTR, key: 'comments' },
  { id: 7, type: VT_LPSTR, key: 'template' },
  { id: 8, type: VT_LPSTR, key: 'lastSavedBy' },
  { id: 9, type: VT_LPSTR, key: 'revisionNumber' },
  { id: 12, type: VT_FILETIME, key: 'createdAt' },
  { id: 13, type: VT_FILETIME, key: 'lastSavedAt' },
  { id: 14, type: VT_I4, key: 'pageCount' },
  { id: 15, type: VT_I4, key: 'wordCount' },
  { id: 16, type: VT_I4, key: 'characterCount' },
  { id: 18, type: VT_LPSTR, key: 'creatingApplication' },
  { id: 19, type: VT_I4, key: 'security' },
];

/** FILETIME counts 100 ns from 1601, `Date` milliseconds from 1970. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

export function dateToFileTime(date: Date): bigint {
  return (BigInt(date.getTime()) + EPOCH_DIFFERENCE_MS) * 10_000n;
}

/** Drops what is below a millisecond. */
export function fileTimeToDate(fileTime: bigint): Date {
  return new Date(Number(fileTime / 10_000n - EPOCH_DIFFERENCE_MS));
}
