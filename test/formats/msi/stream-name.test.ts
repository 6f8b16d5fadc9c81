import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeStreamName,
  encodeStreamName,
  encodeTableStreamName,
} from '../../../installer/formats/msi/stream-name.ts';

const units = (name: string) => [...name].map((unit) => unit.charCodeAt(0).toString(16)).join(' ');

test('encodeTableStreamName gives the names that Windows writes', () => {
  expect(units(encodeTableStreamName('_Tables'))).toBe('4840 3f7f 4164 422f 4836');
  expect(units(encodeTableStreamName('_Columns'))).toBe('4840 3b3f 43f2 4438 45b1');
  expect(units(encodeTableStreamName('_StringPool'))).toBe('4840 3f3f 4577 446c 3e6a 44b2 482f');
  expect(units(encodeTableStreamName('_StringData'))).toBe('4840 3f3f 4577 446c 3b6a 45e4 4824');
});

test('encodeStreamName leaves property sets alone and copies what is outside the alphabet', () => {
  expect(encodeStreamName('\x05SummaryInformation')).toBe('\x05SummaryInformation');
  expect(units(encodeStreamName('a-b'))).toBe('4824 2d 4825');
});

test('decodeStreamName undoes every pair and every single letter', () => {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';
  for (const first of letters) {
    expect(decodeStreamName(encodeStreamName(first))).toEqual({ name: first, isTable: false });
    for (const second of letters) {
      expect(decodeStreamName(encodeTableStreamName(first + second))).toEqual({ name: first + second, isTable: true });
    }
  }
});

test('decodeStreamName undoes any name', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9._ äß€-]{1,31}$/), (name) => {
      expect(decodeStreamName(encodeStreamName(name))).toEqual({ name, isTable: false });
    }),
  );
});

test('encodeStreamName refuses names that are too long, empty, or hold packed units', () => {
  expect(encodeStreamName('x'.repeat(62))).toHaveLength(31);
  expect(() => encodeStreamName('x'.repeat(63))).toThrow('wanted 1 to 31');
  expect(() => encodeTableStreamName('x'.repeat(61))).toThrow('wanted 1 to 31');
  expect(() => encodeStreamName('')).toThrow('wanted 1 to 31');
  expect(() => encodeStreamName('a\u3900')).toThrow('U+3900');
});
