import { expect, test } from 'vitest';
import { decodeColumnType, encodeColumnType } from '../../../installer/formats/msi/column-type.ts';
import { column, KEY, NULLABLE, textColumn } from '../support.ts';

const localizable = { localizable: true };
const words: [number, ReturnType<typeof column>][] = [
  [0x2d48, textColumn('c', KEY)],
  [0x0d48, textColumn('c')],
  [0x1d48, textColumn('c', NULLABLE)],
  [0x0fff, textColumn('c', { ...localizable, width: 255 })],
  [0x1fff, textColumn('c', { ...localizable, ...NULLABLE, width: 255 })],
  [0x0d00, textColumn('c', { width: 0 })],
  [0x1f00, textColumn('c', { ...localizable, ...NULLABLE, width: 0 })],
  [0x0502, column('c', 'int16')],
  [0x1502, column('c', 'int16', NULLABLE)],
  [0x2502, column('c', 'int16', KEY)],
  [0x0104, column('c', 'int32')],
  [0x1104, column('c', 'int32', NULLABLE)],
  [0x0900, column('c', 'binary')],
  [0x1900, column('c', 'binary', NULLABLE)],
];

test.each(words)('encodeColumnType and decodeColumnType agree with Windows on 0x%s', (word, definition) => {
  expect(encodeColumnType(definition)).toBe(word);
  expect(decodeColumnType('c', word)).toEqual(definition);
});

test('encodeColumnType refuses widths that the word cannot hold', () => {
  for (const width of [256, -1, 1.5]) expect(() => encodeColumnType(textColumn('c', { width }))).toThrow('0 to 255');
  expect(() => encodeColumnType(column('c', 'int16', { width: 2 }))).toThrow('0 to 0');
});
