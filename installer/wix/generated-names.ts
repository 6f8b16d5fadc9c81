/**
 * Identifiers and 8.3 names that WiX generates; the same inputs give the same names as WiX v3 does, so that an
 * upgrade built with either compiler keeps component identity. Rules as measured on databases that WiX wrote.
 */
import { createHash } from 'node:crypto';

/** `prefix` and the MD5 of the parts joined by `|`, as UTF-16. An absent part counts as empty. */
export function generatedId(prefix: string, ...parts: readonly (string | null | undefined)[]): string {
  return (
    prefix +
    md5(parts.map((part) => part ?? '').join('|'))
      .toString('hex')
      .toUpperCase()
  );
}

const FORBIDDEN_LONG = /[\\?|><:/*"]/;
const SHORT_NAME = /^[^\\?|><:/*"+,;=[\]. ]{1,8}(?:\.[^\\?|><:/*"+,;=[\]. ]{0,3})?$/;

export function isLongName(name: string): boolean {
  return name !== '' && name.length <= 255 && !FORBIDDEN_LONG.test(name) && !/^[. ]*$/.test(name);
}

export function isShortName(name: string): boolean {
  return SHORT_NAME.test(name);
}

/**
 * 8.3 name for a long one: eight characters of a Base64 MD5 over the name and where it lives, all lower-case.
 * `keepExtension` keeps up to three characters of the extension, as WiX does for files.
 */
export function generatedShortName(longName: string, keepExtension: boolean, ...context: readonly string[]): string {
  const hash = md5([longName.toLowerCase(), ...context].join('|'))
    .toString('base64')
    .slice(0, 8)
    .replaceAll('/', '_')
    .replaceAll('+', '-');
  const dot = longName.lastIndexOf('.');
  const extension = keepExtension && dot >= 0 ? longName.slice(dot, dot + 4) : '';
  return (hash + extension).toLowerCase();
}

/** `short|long`, or the one name when it is valid as both. */
export function nameColumn(longName: string, shortName: string): string {
  return longName === shortName ? longName : `${shortName}|${longName}`;
}

/** A file name as an identifier: other characters become `_`; a leading digit gets one before it. */
export function identifierFromName(name: string): string {
  const replaced = name.replace(/[^A-Za-z0-9_.]/g, '_');
  return /^[A-Za-z_]/.test(replaced) ? replaced : `_${replaced}`;
}

/** Upper-case in braces; a reference to a variable stays what it is until it has its value. */
export function canonicalGuid(guid: string): string {
  if (guid.includes('!(')) return guid;
  return `{${guid.replace(/[{}]/g, '').toUpperCase()}}`;
}

function md5(text: string): Buffer {
  return createHash('md5').update(Buffer.from(text, 'utf16le')).digest();
}
