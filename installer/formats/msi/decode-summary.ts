import { NEUTRAL, textDecoder } from './code-page.ts';
import { msiError } from './constants.ts';
import type { SummaryInformation } from './model.ts';
import {
  CODE_PAGE_ID,
  FORMAT_ID,
  fileTimeToDate,
  SUMMARY_PROPERTIES,
  type SummaryProperty,
  VT_FILETIME,
  VT_I2,
  VT_I4,
  VT_LPSTR,
} from './summary-properties.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Sets hold about 15 properties; the bound keeps a hostile count from meaning anything. */
const MAX_PROPERTIES = 256;

/**
 * Reads a `SummaryInformation` stream. Properties that are not ours, or of another type than ours, are left out.
 * Without a code page property the page is 0. Throws `FormatError` (`invalid-data`).
 */
export function decodeSummary(bytes: Uint8Array): SummaryInformation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const section = locateSection(view, bytes);
    const offsets = readOffsets(view, section);
    const codePageAt = offsets.get(CODE_PAGE_ID);
    // A page is unsigned, although VT_I2 is not.
    const hasCodePage = codePageAt !== undefined && view.getUint32(codePageAt, true) === VT_I2;
    const codePage = hasCodePage ? view.getUint16(codePageAt + 4, true) : NEUTRAL;
    const summary: Mutable<SummaryInformation> = { codePage };
    const decode = textDecoder(codePage);
    for (const property of SUMMARY_PROPERTIES) {
      const at = offsets.get(property.id);
      if (at !== undefined) readProperty(summary, property, { view, at, decode });
    }
    return summary;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw msiError('invalid-data', 'Cannot read the summary information: it points behind its own end', error);
  }
}

function locateSection(view: DataView, bytes: Uint8Array): number {
  const isPropertySet = view.getUint16(0, true) === 0xfffe && view.getUint32(24, true) >= 1;
  if (!isPropertySet || FORMAT_ID.some((byte, index) => bytes[28 + index] !== byte)) {
    throw msiError('invalid-data', 'Cannot read the summary information: it is no summary property set');
  }
  return view.getUint32(44, true);
}

/** Absolute offsets of the values by property id. */
function readOffsets(view: DataView, section: number): Map<number, number> {
  const count = view.getUint32(section + 4, true);
  if (count > MAX_PROPERTIES) {
    throw msiError('invalid-data', `Cannot read the summary information: it announces ${count} properties`);
  }
  const offsets = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const at = section + 8 + index * 8;
    offsets.set(view.getUint32(at, true), section + view.getUint32(at + 4, true));
  }
  return offsets;
}

function readProperty(
  summary: Mutable<SummaryInformation>,
  property: SummaryProperty,
  { view, at, decode }: { view: DataView; at: number; decode: (bytes: Uint8Array) => string },
): void {
  if (view.getUint32(at, true) !== property.type) return;
  switch (property.type) {
    case VT_LPSTR:
      summary[property.key] = readString(view, at + 4, decode);
      break;
    case VT_I4:
      summary[property.key] = view.getInt32(at + 4, true);
      break;
    case VT_FILETIME:
      summary[property.key] = fileTimeToDate(view.getBigUint64(at + 4, true));
      break;
    default:
      property satisfies never;
  }
}

function readString(view: DataView, at: number, decode: (bytes: Uint8Array) => string): string {
  const size = view.getUint32(at, true);
  if (at + 4 + size > view.byteLength) throw new RangeError(`string of ${size} bytes at ${at}`);
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 4, size);
  const end = bytes.indexOf(0);
  return decode(end < 0 ? bytes : bytes.subarray(0, end));
}
