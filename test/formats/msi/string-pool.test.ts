import { describe, expect, test } from 'vitest';
import { readStringPool } from '../../../installer/formats/msi/read-string-pool.ts';
import { StringPool } from '../../../installer/formats/msi/string-pool.ts';

function encode(texts: readonly string[], codePage = 1252) {
  const strings = new StringPool();
  const ids = texts.map((text) => strings.reference(text));
  const { pool, data } = strings.encode(codePage);
  return { ids, pool: Buffer.from(pool), data: Buffer.from(data), referenceSize: strings.referenceSize };
}

describe('StringPool', () => {
  test('writes page, lengths and exact counts', () => {
    const { ids, pool, data } = encode(['ab', '', 'c', 'ab', 'ab']);
    expect(ids).toEqual([1, 0, 2, 1, 1]);
    expect(pool.toString('hex')).toBe('e4040000' + '02000300' + '01000100');
    expect(data.toString()).toBe('abc');
  });

  test('gives a string of 65,535 bytes a short entry, and one of 65,536 two halves with one id', () => {
    const short = 's'.repeat(65_535);
    const long = 'l'.repeat(140_000);
    const { ids, pool, data } = encode([short, long, long, 'end']);
    expect(ids).toEqual([1, 2, 2, 3]);
    expect(pool.toString('hex')).toBe('e4040000' + 'ffff0100' + '00000200' + 'e0220200' + '03000100');
    const strings = readStringPool(pool, data);
    expect([1, 2, 3].map((id) => strings.text(id))).toEqual([short, long, 'end']);
  });

  test('turns to 3-byte references above 65,535 strings', () => {
    const texts = Array.from({ length: 65_536 }, (_, index) => `s${index}`);
    const few = encode(texts.slice(0, 65_535));
    const many = encode(texts);
    expect([few.referenceSize, few.pool.readUInt32LE(0)]).toEqual([2, 1252]);
    expect([many.referenceSize, many.pool.readUInt32LE(0)]).toEqual([3, 0x800004e4]);
    const strings = readStringPool(many.pool, many.data);
    expect([strings.referenceSize, strings.codePage, strings.text(65_536)]).toEqual([3, 1252, 's65535']);
  });

  test('keeps a count at its top', () => {
    const { pool } = encode(new Array<string>(70_000).fill('x'));
    expect(pool.readUInt16LE(6)).toBe(0xffff);
  });
});

describe('readStringPool', () => {
  test('lets a hole take an id', () => {
    const pool = Buffer.from('00000000' + '00000000' + '01000100', 'hex');
    const strings = readStringPool(pool, Buffer.from('x'));
    expect([strings.text(0), strings.text(1), strings.text(2)]).toEqual([null, null, 'x']);
  });

  test.each([
    ['a pool of 5 bytes', '0000000000', '', 'has 5 bytes'],
    ['an empty pool', '', '', 'has 0 bytes'],
    ['a string behind the data', '00000000' + '05000100', 'abc', 'ends at byte 5'],
    ['a long string behind the data', '00000000' + '00000100' + 'ffffffff', 'abc', 'string 1 ends'],
    ['an unknown page', '0a1a0000', '', 'code page is 6666'],
  ])('refuses %s', (_, pool, data, text) => {
    const read = () => readStringPool(Buffer.from(pool, 'hex'), Buffer.from(data));
    expect(read).toThrow(text);
    expect(read).toThrow(expect.objectContaining({ code: 'invalid-data' }));
  });

  test('refuses an id that the pool does not have', () => {
    const strings = readStringPool(Buffer.from('00000000', 'hex'), Buffer.alloc(0));
    expect(() => strings.text(1)).toThrow('names string 1 of 0');
  });
});
