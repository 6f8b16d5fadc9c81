import { expect, test } from 'vitest';
import { blockChecksum, reservedBlockChecksum } from '../../../installer/formats/cab/checksum.ts';
import { decodeDosTime, encodeDosTime } from '../../../installer/formats/cab/dos-time.ts';

test('blockChecksum folds whole words little-endian and the tail of one to three bytes big-endian', () => {
  const sum = (text: string) => (blockChecksum(Buffer.from(text), 0) ^ text.length) >>> 0;
  expect(sum('')).toBe(0);
  expect(sum('abcd')).toBe(0x64636261);
  expect(sum('a')).toBe(0x61);
  expect(sum('ab')).toBe(0x6162);
  expect(sum('abc')).toBe(0x616263);
  expect(sum('abcdabc')).toBe((0x64636261 ^ 0x616263) >>> 0);
});

test('blockChecksum takes in both sizes, and the reserve bytes of a block', () => {
  expect(blockChecksum(new Uint8Array(4), 0x1234)).toBe(0x12340004);
  expect(reservedBlockChecksum(new Uint8Array(4), 0x1234, Uint8Array.of(1, 0, 0, 0))).toBe(0x12340005);
});

test('encodeDosTime packs UTC parts in two-second steps', () => {
  const moment = new Date(Date.UTC(1997, 11, 31, 13, 45, 59));
  expect(encodeDosTime(moment)).toEqual({ date: (17 << 9) | (12 << 5) | 31, time: (13 << 11) | (45 << 5) | 29 });
  expect(decodeDosTime(encodeDosTime(moment))).toEqual(new Date(Date.UTC(1997, 11, 31, 13, 45, 58)));
});

test('encodeDosTime refuses years that DOS does not know', () => {
  for (const year of [1979, 2108]) {
    expect(() => encodeDosTime(new Date(Date.UTC(year, 0, 1)))).toThrow('1980 to 2107');
  }
  expect(() => encodeDosTime(new Date(Number.NaN))).toThrow('1980 to 2107');
});
