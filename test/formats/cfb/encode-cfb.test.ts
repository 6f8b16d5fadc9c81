import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { compareEntryNames } from '../../../installer/formats/cfb/entry-order.ts';
import { encodeCfb, readCfb } from '../../../installer/formats/cfb/index.ts';
import { parseRawCfb } from '../../support/windows-strict/raw-cfb.ts';
import { sampleBytes } from '../support.ts';

const clsid = Uint8Array.from({ length: 16 }, (_, index) => index + 1);

function encode(streams: Record<string, Uint8Array>) {
  const inputs = Object.entries(streams).map(([name, bytes]) => ({ name, source: bytesSource(bytes) }));
  return encodeCfb({ clsid, streams: inputs });
}

async function roundTrip(streams: Record<string, Uint8Array>) {
  const source = encode(streams);
  const bytes = await readAll(source);
  expect(bytes.byteLength).toBe(source.sizeBytes);
  expect(parseRawCfb(bytes).violations).toEqual([]);
  const root = await readCfb(bytesReader(bytes));
  // Not by assignment: a stream may be named __proto__.
  const pairs = await Promise.all(root.streams.map(async (stream) => [stream.name, await readAll(stream)] as const));
  const read: Record<string, Uint8Array> = Object.fromEntries(pairs);
  return { root, read };
}

describe('encodeCfb', () => {
  test('writes the header fields of version 3', async () => {
    const bytes = Buffer.from(await readAll(encode({ a: new Uint8Array(5000) })));
    expect(bytes.subarray(0, 8).toString('hex')).toBe('d0cf11e0a1b11ae1');
    expect(bytes.subarray(24, 34).toString('hex')).toBe('3e000300feff09000600');
    expect(bytes.readUInt32LE(56)).toBe(4096);
    expect(bytes.byteLength % 512).toBe(0);
  });

  test('writes a file without streams that reads back', async () => {
    const { root, read } = await roundTrip({});
    expect(read).toEqual({});
    expect(root.clsid).toEqual(clsid);
  });

  test('keeps streams on both sides of the cutoff and of sector borders', async () => {
    const sizes = [0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 100_000];
    const streams = Object.fromEntries(sizes.map((size) => [`s${size}`, sampleBytes(size, size)]));
    expect((await roundTrip(streams)).read).toEqual(streams);
  });

  test('keeps a stream that needs DIFAT sectors', async () => {
    const streams = { big: sampleBytes(17_000_000), other: sampleBytes(10) };
    const { read } = await roundTrip(streams);
    expect(Buffer.compare(read.big ?? Buffer.alloc(0), streams.big)).toBe(0);
    expect(read.other).toEqual(streams.other);
  });

  test('keeps a stream whose name means something to JavaScript', async () => {
    const streams = Object.fromEntries([['__proto__', sampleBytes(10)]]);
    expect((await roundTrip(streams)).read).toEqual(streams);
  });

  test('keeps any set of streams', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_.\u3800-\u4840-]{1,31}$/), {
      maxLength: 40,
      comparator: (a, b) => compareEntryNames(a, b) === 0,
    });
    await fc.assert(
      fc.asyncProperty(names, fc.nat(9000), async (list, size) => {
        const streams = Object.fromEntries(
          list.map((name, index) => [name, sampleBytes((size * (index + 1)) % 9001, index)]),
        );
        expect((await roundTrip(streams)).read).toEqual(streams);
      }),
      { numRuns: 60 },
    );
  });

  test('gives a valid red-black tree for every number of entries up to 130', async () => {
    for (let count = 0; count <= 130; count++) {
      const streams = Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, new Uint8Array(0)]));
      expect(parseRawCfb(await readAll(encode(streams))).violations, `${count} entries`).toEqual([]);
    }
  });

  test('passes a stream of 1 GB through without holding it', async () => {
    const chunk = new Uint8Array(1 << 20);
    const sizeBytes = 1024 * chunk.byteLength;
    const source = {
      sizeBytes,
      async *chunks() {
        for (let index = 0; index < 1024; index++) yield chunk;
      },
    };
    const file = encodeCfb({ clsid, streams: [{ name: 'big', source }] });
    const before = process.memoryUsage.rss();
    let size = 0;
    for await (const part of file.chunks()) size += part.byteLength;
    expect(size).toBe(file.sizeBytes);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
  });

  const refused: [string, string, { name: string; sizeBytes: number }[]][] = [
    ['an empty name', '""', [{ name: '', sizeBytes: 0 }]],
    ['a name of 32 units', '32 UTF-16 units', [{ name: 'x'.repeat(32), sizeBytes: 0 }]],
    ['a colon', '/ \\ : !', [{ name: 'a:b', sizeBytes: 0 }]],
    [
      'names that differ in case only',
      'another stream',
      [
        { name: 'Abc', sizeBytes: 0 },
        { name: 'aBC', sizeBytes: 0 },
      ],
    ],
    ['more than 2 GiB', '2147483647', [{ name: 'a', sizeBytes: 2 ** 31 }]],
    ['a negative size', 'size is -1', [{ name: 'a', sizeBytes: -1 }]],
  ];
  test.each(refused)('refuses %s', (_, text, streams) => {
    const inputs = streams.map(({ name, sizeBytes }) => ({
      name,
      source: { sizeBytes, chunks: async function* () {} },
    }));
    expect(() => encodeCfb({ clsid, streams: inputs })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => encodeCfb({ clsid, streams: inputs })).toThrow(text);
  });

  test.each([4, 6])('refuses a source that promised 5 bytes and gives %i', async (size) => {
    const source = { ...bytesSource(new Uint8Array(size)), sizeBytes: 5 };
    const file = encodeCfb({ clsid, streams: [{ name: 'liar', source }] });
    await expect(readAll(file)).rejects.toThrow('Cannot write stream "liar"');
  });
});

describe('compareEntryNames', () => {
  test('puts shorter names first, then compares upper-cased units', () => {
    expect(['b', 'aa', 'A', '\x05x', 'Z'].sort(compareEntryNames)).toEqual(['A', 'b', 'Z', '\x05x', 'aa']);
    expect(compareEntryNames('straße', 'STRASSE')).toBeLessThan(0);
    expect(compareEntryNames('mIxEd', 'MiXeD')).toBe(0);
  });
});
