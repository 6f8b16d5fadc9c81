import { describe, expect, test } from 'vitest';
import {
  bias,
  compareRawKeys,
  decodeTableStream,
  encodeTableStream,
  MAX_ROWS,
  unbias,
} from '../../../installer/formats/msi/table-stream.ts';

describe('bias', () => {
  test.each([
    ['int16', 0, 0x8000],
    ['int16', -32_767, 1],
    ['int16', 32_767, 0xffff],
    ['int32', 0, 0x80000000],
    ['int32', -2_147_483_647, 1],
    ['int32', 2_147_483_647, 0xffffffff],
  ] as const)('stores %s %i as %i, never as 0', (kind, value, stored) => {
    expect(bias(kind, value)).toBe(stored);
    expect(unbias(kind, stored)).toBe(value);
  });
});

describe('encodeTableStream', () => {
  const kinds = ['string', 'int16', 'int32', 'binary'] as const;
  const rows = [
    [1, 0x8001, 0x80000002, 1],
    [0x0203, 0, 0, 0],
  ];

  test('puts columns one after another, with references of 2 or 3 bytes', () => {
    const bytes = (size: 2 | 3) => Buffer.from(encodeTableStream(rows, kinds, size)).toString('hex');
    expect(bytes(2)).toBe('01000302' + '01800000' + '0200008000000000' + '01000000');
    expect(bytes(3)).toBe('010000030200' + '01800000' + '0200008000000000' + '01000000');
  });

  test('is undone by decodeTableStream', () => {
    for (const referenceSize of [2, 3] as const) {
      const options = { referenceSize, table: 'T' };
      expect(decodeTableStream(encodeTableStream(rows, kinds, referenceSize), kinds, options)).toEqual(rows);
    }
  });
});

describe('decodeTableStream', () => {
  const options = { referenceSize: 2, table: 'T' } as const;

  test('refuses half a row and too many rows', () => {
    expect(() => decodeTableStream(new Uint8Array(3), ['string'], options)).toThrow('a row takes 2');
    expect(() => decodeTableStream(new Uint8Array(2 * MAX_ROWS + 2), ['string'], options)).toThrow('are read');
  });
});

test('compareRawKeys compares only the key columns, as unsigned numbers, nulls first', () => {
  const rows = [
    [2, 0, 9],
    [1, 0xffff, 1],
    [1, 0, 5],
    [0, 0x8000, 3],
  ];
  expect(rows.toSorted(compareRawKeys(2)).map((row) => row[2])).toEqual([3, 5, 1, 9]);
  expect(compareRawKeys(1)([1, 2], [1, 3])).toBe(0);
});
