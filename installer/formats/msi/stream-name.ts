import { msiError } from './constants.ts';

/**
 * Stream names of a database. Two characters of a 64-letter alphabet share one UTF-16 unit, so that names of 62
 * characters fit a compound file; table streams have a unit of their own in front. Measured on files that Windows wrote.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';
const PAIR_BASE = 0x3800;
const SINGLE_BASE = 0x4800;
const TABLE_PREFIX = 0x4840;
const MAX_UNITS = 31;

/** Name of the stream of a table. Throws `FormatError` (`invalid-input`) when it is too long. */
export function encodeTableStreamName(table: string): string {
  return checked(String.fromCharCode(TABLE_PREFIX) + mangle(table), table);
}

/** Name of any other stream; names that begin with U+0005 (property sets, signatures) stay as they are. */
export function encodeStreamName(name: string): string {
  return checked(name.startsWith('\x05') ? name : mangle(name), name);
}

export interface DecodedStreamName {
  readonly name: string;
  readonly isTable: boolean;
}

/** Total: any name decodes to something. */
export function decodeStreamName(raw: string): DecodedStreamName {
  const isTable = raw.charCodeAt(0) === TABLE_PREFIX;
  let name = '';
  for (let index = isTable ? 1 : 0; index < raw.length; index++) name += decodeUnit(raw.charCodeAt(index));
  return { name, isTable };
}

function mangle(name: string): string {
  let mangled = '';
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    if (unit >= PAIR_BASE && unit <= TABLE_PREFIX) {
      const found = `character U+${unit.toString(16).toUpperCase()} stands for packed letters in a stream name`;
      throw msiError('invalid-input', `Cannot name stream "${name}": ${found}, use another`);
    }
    const first = letter(name, index);
    const second = letter(name, index + 1);
    if (first < 0) {
      mangled += name.charAt(index);
    } else if (second < 0) {
      mangled += String.fromCharCode(SINGLE_BASE + first);
    } else {
      mangled += String.fromCharCode(PAIR_BASE + first + 64 * second);
      index++;
    }
  }
  return mangled;
}

function letter(name: string, index: number): number {
  return index < name.length ? ALPHABET.indexOf(name.charAt(index)) : -1;
}

function decodeUnit(unit: number): string {
  if (unit >= PAIR_BASE && unit < SINGLE_BASE) {
    const pair = unit - PAIR_BASE;
    return ALPHABET.charAt(pair & 63) + ALPHABET.charAt(pair >> 6);
  }
  if (unit >= SINGLE_BASE && unit < TABLE_PREFIX) return ALPHABET.charAt(unit - SINGLE_BASE);
  return String.fromCharCode(unit);
}

function checked(mangled: string, name: string): string {
  if (mangled.length >= 1 && mangled.length <= MAX_UNITS) return mangled;
  const found = `it takes ${mangled.length} UTF-16 units`;
  throw msiError('invalid-input', `Cannot name stream "${name}": ${found}, wanted 1 to ${MAX_UNITS}; shorten the name`);
}
