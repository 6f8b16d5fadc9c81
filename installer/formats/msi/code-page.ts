import { decodeKorean, koreanExtension } from './code-page-949.ts';
import { msiError } from './constants.ts';

/**
 * Text of string pools and summaries by Windows code page. Decoding is `TextDecoder`'s; the encoding table of a page is
 * made from it. Code page 0 ("neutral") is ASCII when written; when read, a byte above 0x7F is taken as Windows-1252,
 * because Windows takes it as the page of the machine and no file says which that was.
 */
export const UTF8 = 65001;
export const NEUTRAL = 0;

const LABELS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const CONTROLS_ROTATED = /[\x1a\x1c\x7f]/g;
const encodingTables = new Map<number, ReadonlyMap<string, readonly number[]>>();

/** Whether `codePage` is an ANSI page that Windows Installer accepts and that we can read and write. */
export function isAnsiCodePage(codePage: number): boolean {
  return LABELS[codePage] !== undefined;
}

/** Throws `FormatError` (`invalid-input`) naming the text and the page when the page lacks a character. */
export function encodeText(text: string, codePage: number): Uint8Array {
  if (text.includes('\0')) {
    throw msiError('invalid-input', `Cannot store ${JSON.stringify(text)}: it holds U+0000, which ends a string`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII as such
  if (/^[\x00-\x7f]*$/.test(text)) return new Uint8Array(Buffer.from(text, 'latin1'));
  if (codePage === UTF8 && text.isWellFormed()) return new TextEncoder().encode(text);
  const table = codePage === NEUTRAL || codePage === UTF8 ? new Map<string, number[]>() : encodingTable(codePage);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.length === 1 && character < '\x80' ? [character.charCodeAt(0)] : table.get(character);
    if (code === undefined) throw missingCharacter(text, character, codePage);
    bytes.push(...code);
  }
  return Uint8Array.from(bytes);
}

/**
 * Bytes that are no text of the page become U+FFFD, so that a damaged string does not hide the rest of a database.
 * Throws `FormatError` (`invalid-data`) for a page that is not known.
 */
export function textDecoder(codePage: number): (bytes: Uint8Array) => string {
  const label = codePage === UTF8 ? 'utf-8' : LABELS[codePage === NEUTRAL ? 1252 : codePage];
  if (label === undefined) {
    throw msiError('invalid-data', `Cannot decode text: its code page is ${codePage}, wanted an ANSI page, 0 or 65001`);
  }
  if (codePage === 949) return decodeKorean;
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  if (codePage === 932) return (bytes) => restoreControls(decoder.decode(bytes));
  return (bytes) => decoder.decode(bytes);
}

/** Node's `shift_jis` decoder rotates three control characters, as IBM's variant of the page does. */
function restoreControls(text: string): string {
  const meant: Readonly<Record<string, string>> = { '\x1a': '\x7f', '\x1c': '\x1a', '\x7f': '\x1c' };
  return text.replace(CONTROLS_ROTATED, (character) => meant[character] ?? character);
}

function encodingTable(codePage: number): ReadonlyMap<string, readonly number[]> {
  const known = encodingTables.get(codePage);
  if (known !== undefined) return known;
  const label = LABELS[codePage];
  if (label === undefined) {
    throw msiError('invalid-input', `Cannot encode text: code page ${codePage} is none of the ANSI pages, 0 and 65001`);
  }
  const table = buildEncodingTable(label, codePage);
  encodingTables.set(codePage, table);
  return table;
}

function buildEncodingTable(label: string, codePage: number): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  const table = new Map<string, readonly number[]>();
  const add = (...code: number[]) => {
    const character = decodeOrNothing(decoder, code);
    if (character !== undefined && !table.has(character)) table.set(character, code);
  };
  for (let byte = 0x80; byte <= 0xff; byte++) add(byte);
  for (const lead of leadBytes(codePage)) for (let trail = 0x40; trail <= 0xfe; trail++) add(lead, trail);
  if (codePage === 949) for (const [code, syllable] of koreanExtension()) table.set(syllable, [code >> 8, code & 0xff]);
  return table;
}

/** The first code of a character wins; the order of the lead bytes makes this Windows' own choice. */
function leadBytes(codePage: number): readonly number[] {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  // Page 932 repeats IBM's characters at 0xED and 0xEE; Windows writes those at 0xFA to 0xFC.
  if (codePage === 932) return [...range(0x81, 0x9f), ...range(0xe0, 0xec), ...range(0xef, 0xfc), 0xed, 0xee];
  // The web's Big5 has Hong Kong's additions below 0xA1 and above 0xF9; page 950 has them not.
  if (codePage === 950) return range(0xa1, 0xf9);
  return codePage === 936 || codePage === 949 ? range(0x81, 0xfe) : [];
}

/** The one character that `code` stands for. */
function decodeOrNothing(decoder: TextDecoder, code: readonly number[]): string | undefined {
  try {
    const text = decoder.decode(Uint8Array.from(code));
    return [...text].length === 1 && text !== '\ufffd' ? text : undefined;
  } catch {
    return undefined; // The decoder's way to say that the page has no such code.
  }
}

function missingCharacter(text: string, character: string, codePage: number): Error {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const page = codePage === NEUTRAL ? 'code page 0 (ASCII only)' : `code page ${codePage}`;
  const cure = codePage === UTF8 ? 'use well-formed text' : 'choose a page that has it, or 65001 for the database';
  return msiError('invalid-input', `Cannot store ${JSON.stringify(text)}: ${page} lacks U+${hex}; ${cure}`);
}
