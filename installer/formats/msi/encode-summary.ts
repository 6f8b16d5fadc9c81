import { encodeText, isAnsiCodePage, NEUTRAL } from './code-page.ts';
import { msiError } from './constants.ts';
import type { SummaryInformation } from './model.ts';
import {
  CODE_PAGE_ID,
  dateToFileTime,
  FORMAT_ID,
  SECTION_OFFSET,
  SUMMARY_PROPERTIES,
  type SummaryProperty,
  VT_FILETIME,
  VT_I2,
  VT_I4,
  VT_LPSTR,
} from './summary-properties.ts';

/**
 * The `SummaryInformation` stream, properties by ascending id. Throws `FormatError` (`invalid-input`) for a code page
 * that Windows refuses here (65001 above all), for a character that the page lacks and for a number or time out of range.
 */
export function encodeSummary(summary: SummaryInformation): Uint8Array {
  const { codePage } = summary;
  if (codePage !== NEUTRAL && !isAnsiCodePage(codePage)) {
    const found = `its code page is ${codePage}`;
    throw msiError(
      'invalid-input',
      `Cannot encode the summary information: ${found}, wanted an ANSI page such as 1252`,
    );
  }
  const values = [{ id: CODE_PAGE_ID, bytes: typedValue(VT_I2, int32Bytes(codePage)) }];
  for (const property of SUMMARY_PROPERTIES) {
    const bytes = encodeProperty(summary, property);
    if (bytes !== undefined) values.push({ id: property.id, bytes });
  }
  return assemble(values);
}

function encodeProperty(summary: SummaryInformation, property: SummaryProperty): Uint8Array | undefined {
  switch (property.type) {
    case VT_LPSTR: {
      const text = summary[property.key];
      return text === undefined ? undefined : typedValue(VT_LPSTR, stringBytes(text, summary.codePage));
    }
    case VT_I4: {
      const value = summary[property.key];
      if (value === undefined) return undefined;
      if (!Number.isInteger(value) || Math.abs(value) > 0x7fffffff) throw outOfRange(property.key, value);
      return typedValue(VT_I4, int32Bytes(value));
    }
    case VT_FILETIME: {
      const date = summary[property.key];
      if (date === undefined) return undefined;
      if (!(date.getUTCFullYear() >= 1601)) throw outOfRange(property.key, date.getTime());
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, dateToFileTime(date), true);
      return typedValue(VT_FILETIME, bytes);
    }
    default:
      return property satisfies never;
  }
}

function assemble(values: readonly { id: number; bytes: Uint8Array }[]): Uint8Array {
  const sectionSize = values.reduce((size, { bytes }) => size + 8 + bytes.byteLength, 8);
  const out = new Uint8Array(SECTION_OFFSET + sectionSize);
  const view = new DataView(out.buffer);
  view.setUint16(0, 0xfffe, true);
  // Operating system version: Windows (2), as of Windows Installer's own files.
  view.setUint32(4, 0x00020006, true);
  view.setUint32(24, 1, true);
  out.set(FORMAT_ID, 28);
  view.setUint32(44, SECTION_OFFSET, true);
  view.setUint32(SECTION_OFFSET, sectionSize, true);
  view.setUint32(SECTION_OFFSET + 4, values.length, true);
  let offset = 8 + values.length * 8;
  values.forEach(({ id, bytes }, index) => {
    view.setUint32(SECTION_OFFSET + 8 + index * 8, id, true);
    view.setUint32(SECTION_OFFSET + 12 + index * 8, offset, true);
    out.set(bytes, SECTION_OFFSET + offset);
    offset += bytes.byteLength;
  });
  return out;
}

/** Type and value, padded to 4 bytes. */
function typedValue(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + Math.ceil(value.byteLength / 4) * 4);
  new DataView(bytes.buffer).setUint32(0, type, true);
  bytes.set(value, 4);
  return bytes;
}

function int32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  return bytes;
}

/** The length counts the terminator. */
function stringBytes(text: string, codePage: number): Uint8Array {
  const encoded = encodeText(text, codePage);
  const bytes = new Uint8Array(4 + encoded.byteLength + 1);
  new DataView(bytes.buffer).setUint32(0, encoded.byteLength + 1, true);
  bytes.set(encoded, 4);
  return bytes;
}

function outOfRange(key: string, value: number): Error {
  return msiError('invalid-input', `Cannot encode the summary information: "${key}" is ${value}, out of range`);
}
