/**
 * What text a column of each category may hold. Source: Windows Installer "Column Data Types" and the pages of the
 * single types. Deliberately no stricter than Windows Installer itself: a category not named here holds any text.
 */
import { parseCondition } from './condition/parse-condition.ts';

export interface Category {
  readonly accepts: (text: string) => boolean;
  /** Reads after "wanted". */
  readonly wanted: string;
}

const hasReference = (text: string): boolean => /\[[^\]]+\]/.test(text);

const shortName = /^[^\\?|><:/*"+,;=[\]\s.]{1,8}(\.[^\\?|><:/*"+,;=[\]\s.]{1,3})?$/;
const longName = /^[^\\?|><:/*"\p{Cc}]{1,255}$/u;
const shortPattern = /^[^\\|><:/"+,;=[\]\s.]{1,8}(\.[^\\|><:/"+,;=[\]\s.]{0,3})?$/;
const longPattern = /^[^\\|><:/"\p{Cc}]{1,255}$/u;

/** `short` or `short|long`. */
function isFileName(text: string): boolean {
  const [short = '', long, more] = text.split('|');
  return more === undefined && shortName.test(short) && (long === undefined || longName.test(long));
}

function isFilePattern(text: string): boolean {
  const [short = '', long, more] = text.split('|');
  return more === undefined && shortPattern.test(short) && (long === undefined || longPattern.test(long));
}

/** `target` or `target:source`, each `.` or a file name; the root is `SourceDir`. */
function isDefaultDir(text: string): boolean {
  const parts = text.split(':');
  return parts.length <= 2 && parts.every((part) => part === '.' || /^sourcedir$/i.test(part) || isFileName(part));
}

function isVersion(text: string): boolean {
  return /^\d{1,5}(\.\d{1,5}){0,3}$/.test(text) && text.split('.').every((field) => Number(field) <= 65_535);
}

function isLanguageList(text: string): boolean {
  return text.split(',').every((id) => /^\d{1,5}$/.test(id) && Number(id) <= 65_535);
}

const identifier = /^[A-Za-z_][A-Za-z0-9_.]*$/;

export const categories: ReadonlyMap<string, Category> = new Map<string, Category>([
  [
    'identifier',
    {
      accepts: (text) => identifier.test(text),
      wanted: 'letters, digits, "_" and ".", not starting with a digit or dot',
    },
  ],
  ['property', { accepts: (text) => identifier.test(text.replace(/^%/, '')), wanted: 'the name of a property' }],
  ['customsource', { accepts: (text) => identifier.test(text), wanted: 'an identifier' }],
  ['uppercase', { accepts: (text) => !/[a-z]/.test(text), wanted: 'no lower-case letters' }],
  ['lowercase', { accepts: (text) => !/[A-Z]/.test(text), wanted: 'no upper-case letters' }],
  [
    'guid',
    {
      accepts: (text) => /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/.test(text),
      wanted: 'an upper-case GUID in braces',
    },
  ],
  ['version', { accepts: isVersion, wanted: 'up to four numbers, each at most 65535' }],
  ['language', { accepts: isLanguageList, wanted: 'language ids separated by commas' }],
  ['condition', { accepts: (text) => parseCondition(text).ok, wanted: 'a condition' }],
  [
    'filename',
    { accepts: (text) => hasReference(text) || isFileName(text), wanted: 'an 8.3 name, or both names as short|long' },
  ],
  [
    'wildcardfilename',
    {
      accepts: (text) => hasReference(text) || isFilePattern(text),
      wanted: 'an 8.3 name or pattern, or both as short|long',
    },
  ],
  [
    'defaultdir',
    { accepts: isDefaultDir, wanted: '".", an 8.3 name or short|long, and after ":" the same for the source' },
  ],
  [
    'regpath',
    { accepts: (text) => !/^\\|\\$|\\\\/.test(text), wanted: 'a key without a leading, trailing or doubled backslash' },
  ],
  [
    'cabinet',
    {
      accepts: (text) => longName.test(text) || /^#[^\\?|><:/*"\p{Cc}]{1,62}$/u.test(text),
      wanted: 'the name of a file, or # and the name of a stream',
    },
  ],
  [
    'shortcut',
    {
      accepts: (text) => identifier.test(text) || /\[[^\]]+\]/.test(text),
      wanted: 'a feature, or a path with a reference in brackets',
    },
  ],
]);
