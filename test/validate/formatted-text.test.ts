import { expect, test } from 'vitest';
import { formattedReferences, propertiesIn, unescapeFormatted } from '../../installer/validate/formatted-text.ts';

test.each([
  ['[INSTALLDIR]x', ['property INSTALLDIR']],
  ['[#file] [!short] [$component] [%PATH]', ['file file', 'file short', 'component component', 'environment PATH']],
  ['a[~]b[1] [\\[]NAME[\\]]', []],
  ['[[INNER]]', ['property INNER']],
  ['{[A] is set}', ['property A']],
  ['[', []],
  ['[unclosed', []],
])('formattedReferences() finds in %j %j', (text, expected) => {
  expect(formattedReferences(text).map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
});

test('propertiesIn() leaves files and components out', () => {
  expect(propertiesIn('[A][#b][$c]')).toEqual(['A']);
});

test('unescapeFormatted() makes characters of escapes', () => {
  expect(unescapeFormatted('[\\[]A[\\]]')).toBe('[A]');
});
