import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkHuffmanTrees } from '../../support/windows-strict/deflate-trees.ts';
import { checkRawCabinet } from '../../support/windows-strict/raw-cab.ts';
import { sampleBytes } from '../support.ts';

describe('checkRawCabinet', () => {
  /** A cabinet of one folder from ready-made blocks. */
  const cabinet = (blocks: readonly { data: Buffer; size: number; checksum?: number }[]): Buffer => {
    const total = blocks.reduce((sum, { size }) => sum + size, 0);
    const records = blocks.map(({ data, size, checksum }) => {
      const record = Buffer.concat([Buffer.alloc(8), data]);
      record.writeUInt16LE(data.byteLength, 4);
      record.writeUInt16LE(size, 6);
      record.writeUInt32LE(checksum ?? xor(record.subarray(4)), 0);
      return record;
    });
    const head = Buffer.alloc(36 + 8 + 16 + 2);
    head.write('MSCF');
    head.writeUInt32LE(head.byteLength + records.reduce((sum, record) => sum + record.byteLength, 0), 8);
    head.writeUInt32LE(44, 16);
    for (const [at, value] of [
      [24, 0x103],
      [26, 1],
      [28, 1],
      [40, blocks.length],
      [42, 1],
    ] as const)
      head.writeUInt16LE(value, at);
    head.writeUInt32LE(head.byteLength, 36);
    head.writeUInt32LE(total, 44);
    head.write('f', 60);
    return Buffer.concat([head, ...records]);
  };
  /** Over the sizes and the data behind them: a multiple of 4 precedes the tail in either. */
  const xor = (bytes: Buffer): number => {
    let sum = bytes.readUInt32LE(0);
    let at = 4;
    for (; at + 4 <= bytes.byteLength; at += 4) sum ^= bytes.readUInt32LE(at);
    let tail = 0;
    for (; at < bytes.byteLength; at++) tail = (tail << 8) | (bytes[at] ?? 0);
    return (sum ^ tail) >>> 0;
  };
  const ck = (...parts: Uint8Array[]) => Buffer.concat([Buffer.from('CK'), ...parts]);
  const plain = Buffer.from(sampleBytes(1000));
  const whole = deflateRawSync(plain);
  /** Nothing but an empty stored block that is not the last. */
  const unfinished = Buffer.from([0, 0, 0, 0xff, 0xff]);
  const stored = Buffer.concat([
    ...Array.from({ length: 3 }, () => unfinished),
    Buffer.from([1, 0x00, 0x80, 0xff, 0x7f]),
    Buffer.alloc(32_768),
  ]);

  const check = (...blocks: Parameters<typeof cabinet>[0][number][]) =>
    checkRawCabinet(cabinet(blocks), 'c').violations;

  test('finds nothing in a good block', () => {
    expect(check({ data: ck(whole), size: 1000 })).toEqual([]);
  });

  test.each([
    ['a wrong checksum', 'wrong checksum', [{ data: ck(whole), size: 1000, checksum: 1 }]],
    ['a checksum left out', 'wrong checksum', [{ data: ck(whole), size: 1000, checksum: 0 }]],
    ['a block above 32,780 bytes', 'takes 32790 bytes', [{ data: ck(stored), size: 32_768 }]],
    [
      'a short block that is not the last',
      'holds 1000 bytes, not 32768',
      [
        { data: ck(whole), size: 1000 },
        { data: ck(whole), size: 1000 },
      ],
    ],
    ['a stream without final block', 'no complete deflate stream', [{ data: ck(unfinished), size: 0 }]],
    ['a stream cut short', 'no complete deflate stream', [{ data: ck(whole.subarray(0, 400)), size: 1000 }]],
    ['bytes behind the stream', 'behind its deflate stream', [{ data: ck(whole, Buffer.alloc(4)), size: 1000 }]],
    ['a wrong size', 'holds 1000 bytes, announces 999', [{ data: ck(whole), size: 999 }]],
    ['no CK', 'begin with CK', [{ data: Buffer.concat([Buffer.from('XX'), whole]), size: 1000 }]],
  ])('finds %s', (_, message, blocks) => {
    expect(check(...blocks).join('\n')).toContain(message);
  });
});

describe('checkHuffmanTrees', () => {
  test('accepts what zlib writes', () => {
    for (const level of [1, 6, 9]) {
      for (const bytes of [sampleBytes(32_768), new Uint8Array(32_768), sampleBytes(3)]) {
        expect(checkHuffmanTrees(deflateRawSync(bytes, { level, memLevel: 9 }))).toEqual([]);
      }
    }
  });

  test('finds a distance tree of one code, which Windows refuses', () => {
    // HLIT 257+1, HDIST 1; lengths: 97 -> 1, 256 -> 2, 257 -> 2, distance 0 -> 1 (half of the code space unused).
    const bits = new BitWriter();
    bits.put(1, 1).put(2, 2).put(1, 5).put(0, 5).put(14, 4);
    // Code lengths 18 -> 2, 1 -> 2, 2 -> 1 in the order 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1.
    for (const length of [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2]) bits.put(length, 3);
    const one = () => bits.put(0b01, 2); // Canonical 10, sent from its first bit.
    const two = () => bits.put(0, 1);
    const zeros = (count: number) => bits.put(0b11, 2).put(count - 11, 7);
    zeros(97);
    one();
    zeros(138);
    zeros(20);
    two();
    two();
    one();
    bits.put(0, 1).put(0b11, 2).put(0, 1).put(0b01, 2); // a, length 3 at distance 1, end.
    expect(checkHuffmanTrees(bits.bytes())).toEqual(['has an incomplete distance tree']);
  });
});

class BitWriter {
  readonly #bits: number[] = [];

  /** `count` bits of `value`, lowest first. */
  put(value: number, count: number): this {
    for (let bit = 0; bit < count; bit++) this.#bits.push((value >> bit) & 1);
    return this;
  }

  bytes(): Uint8Array {
    const out = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, index) => {
      out[index >> 3] = (out[index >> 3] ?? 0) | (bit << (index & 7));
    });
    return out;
  }
}
