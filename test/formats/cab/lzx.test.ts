import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesReader, readAll } from '../../../installer/formats/byte-source.ts';
import { readCabinet } from '../../../installer/formats/cab/index.ts';
import { type LzxOptions, lzxCabinet } from '../../support/lzx-encoder.ts';
import { requireTool } from '../../support/tools.ts';
import { runTool, sampleBytes, surviveMutations, withFolder, writeTo } from '../support.ts';

/** Text-like, with repeats near and far, and calls of the x86. */
function program(size: number): Uint8Array {
  const bytes = sampleBytes(size, 11);
  for (let at = 0; at + 400 < size; at += 1000) {
    bytes.copyWithin(at + 200, Math.max(0, at - 70_000), Math.max(0, at - 70_000) + 200);
    bytes[at] = 0xe8;
    bytes.set([at & 0xff, (at >> 8) & 0xff, at % 3 === 0 ? 0xff : 0, at % 3 === 0 ? 0xff : 0], at + 1);
  }
  return bytes;
}

async function content(cabinet: Uint8Array): Promise<Uint8Array> {
  const { members } = await readCabinet(bytesReader(cabinet));
  const [entry] = members;
  if (entry === undefined) throw new Error('the cabinet is empty');
  return readAll(entry.source);
}

const cases: [string, number, LzxOptions][] = [
  ['uncompressed blocks', 100_001, { windowBits: 15, blocks: [[3, 40_000]] }],
  ['uncompressed blocks of odd sizes', 100_000, { windowBits: 16, blocks: [[3, 777]] }],
  [
    'an odd uncompressed block that ends with its frame',
    70_000,
    {
      windowBits: 15,
      blocks: [
        [3, 32_767],
        [3, 1],
      ],
    },
  ],
  ['one verbatim block', 300_000, { windowBits: 18, blocks: [[1, 300_000]] }],
  ['verbatim blocks that end anywhere', 200_000, { windowBits: 17, blocks: [[1, 5_001]] }],
  ['one aligned block', 300_000, { windowBits: 19, blocks: [[2, 300_000]] }],
  [
    'all types in turn',
    400_000,
    {
      windowBits: 20,
      blocks: [
        [1, 30_001],
        [3, 12_345],
        [2, 50_000],
        [3, 2],
      ],
    },
  ],
  [
    'a window that has gone round',
    400_000,
    {
      windowBits: 15,
      blocks: [
        [2, 33_333],
        [1, 100],
      ],
    },
  ],
  [
    'the largest window',
    2_300_000,
    {
      windowBits: 21,
      blocks: [
        [1, 400_000],
        [2, 100_001],
      ],
    },
  ],
  ['translated calls', 200_000, { windowBits: 21, blocks: [[1, 65_536]], imageSize: 200_000 }],
  ['translated calls in uncompressed blocks', 90_000, { windowBits: 15, blocks: [[3, 50_001]], imageSize: 12_000_000 }],
];

describe('readCabinet with LZX', () => {
  test.each(cases.filter(([, , { imageSize }]) => imageSize === undefined))('reads %s', async (_, size, options) => {
    const data = program(size);
    expect(Buffer.compare(await content(lzxCabinet(data, options)), data)).toBe(0);
  });

  test.skipIf(!requireTool('cabextract')).each(cases)('reads the same as cabextract: %s', async (_, size, options) => {
    const cabinet = lzxCabinet(program(size), options);
    await withFolder(async (folder) => {
      runTool('cabextract', ['-q', writeTo(folder, 'lzx.cab', cabinet)], folder);
      expect(Buffer.compare(await content(cabinet), readFileSync(join(folder, 'data')))).toBe(0);
    });
  });

  test('reads parts out of order and at the same time', async () => {
    const data = program(150_000);
    const { members } = await readCabinet(bytesReader(lzxCabinet(data, { windowBits: 16, blocks: [[1, 70_000]] })));
    const again = await Promise.all(
      [0, 0, 0].map(() => readAll(members[0]?.source ?? { sizeBytes: 0, async *chunks() {} })),
    );
    for (const bytes of again) expect(Buffer.compare(bytes, data)).toBe(0);
  });

  test('refuses a window that LZX does not have', async () => {
    const cabinet = lzxCabinet(program(100), { windowBits: 15, blocks: [[3, 100]] });
    cabinet.writeUInt16LE(0x1603, 42);
    await expect(content(cabinet)).rejects.toThrow('Cannot read member "data", block 1: its window has 22 bits');
  });

  test('survives 3,000 damaged cabinets without checksums', async () => {
    const cabinet = lzxCabinet(program(40_000), {
      windowBits: 15,
      blocks: [
        [1, 9_000],
        [2, 9_000],
        [3, 901],
      ],
    });
    for (let at = cabinet.readUInt32LE(36); at < cabinet.byteLength; at += 8 + cabinet.readUInt16LE(at + 4)) {
      cabinet.writeUInt32LE(0, at);
    }
    expect(await surviveMutations(cabinet, 3000, content)).toBeGreaterThan(1000);
  });
});
