import { describe, expect, test } from 'vitest';
import { bytesReader, bytesSource, type RandomAccessReader, readAll } from '../../../installer/formats/byte-source.ts';
import { encodeCfb, readCfb } from '../../../installer/formats/cfb/index.ts';
import { sampleBytes, surviveMutations } from '../support.ts';

const DIRECTORY_SECTOR = 1;

/** One FAT sector, then the directory (root, small, large), mini FAT, mini stream (1), large stream (10). */
async function sample(): Promise<Buffer> {
  const streams = [
    { name: 'small', source: bytesSource(sampleBytes(300)) },
    { name: 'large', source: bytesSource(sampleBytes(5000)) },
  ];
  return Buffer.from(await readAll(encodeCfb({ clsid: new Uint8Array(16), streams })));
}

const fatAt = (sector: number) => 512 + sector * 4;
const entryAt = (id: number) => 512 + DIRECTORY_SECTOR * 512 + id * 128;

async function readEverything(bytes: Uint8Array): Promise<void> {
  const root = await readCfb(bytesReader(bytes));
  for (const stream of root.streams) await readAll(stream);
}

describe('readCfb', () => {
  test('reads any range of a stream', async () => {
    const root = await readCfb(bytesReader(await sample()));
    const expected = { small: sampleBytes(300), large: sampleBytes(5000) };
    for (const stream of root.streams) {
      const whole = expected[stream.name as 'small' | 'large'];
      for (const [offset, length] of [
        [0, 1],
        [60, 10],
        [100, 200],
        [290, 99],
        [300, 5],
        [5000, 1],
        [500, 4000],
      ] as const) {
        expect(new Uint8Array(await stream.readAt(offset, length))).toEqual(whole.slice(offset, offset + length));
      }
    }
  });

  test('reads only the structure until a stream is asked for', async () => {
    const bytes = await readAll(
      encodeCfb({ clsid: new Uint8Array(16), streams: [{ name: 'big', source: bytesSource(sampleBytes(3_000_000)) }] }),
    );
    let fetched = 0;
    const reader: RandomAccessReader = {
      sizeBytes: bytes.byteLength,
      async readAt(offset, length) {
        fetched += length;
        return bytes.subarray(offset, offset + length);
      },
    };
    const root = await readCfb(reader);
    expect(fetched).toBeLessThan(40_000);
    expect(await root.streams[0]?.readAt(2_999_990, 100)).toEqual(sampleBytes(3_000_000).slice(2_999_990));
  });

  test('reads version 4 and nested storages', async () => {
    const root = await readCfb(bytesReader(versionFour()));
    expect(root.streams.map(({ name }) => name)).toEqual(['data']);
    expect(await readAll(root.streams[0] ?? bytesSource(new Uint8Array(0)))).toEqual(sampleBytes(5000));
    expect(root.storages.map(({ name, streams }) => [name, streams.map((stream) => stream.name)])).toEqual([
      ['sub', ['e']],
    ]);
  });

  test('ignores bytes behind the last sector', async () => {
    const bytes = Buffer.concat([await sample(), Buffer.from([1, 2, 3])]);
    await expect(readEverything(bytes)).resolves.toBeUndefined();
  });

  const damages: [string, string, (bytes: Buffer) => void][] = [
    ['another signature', 'D0CF11E0A1B11AE1', (bytes) => bytes.writeUInt8(0, 0)],
    ['another version', 'version is 5', (bytes) => bytes.writeUInt16LE(5, 26)],
    ['a sector shift of 31', 'sector shift is 31', (bytes) => bytes.writeUInt16LE(31, 30)],
    ['a huge FAT', 'FAT sectors', (bytes) => bytes.writeUInt32LE(0x7fffffff, 44)],
    ['a FAT sector outside', 'leads to sector', (bytes) => bytes.writeUInt32LE(99_999, 76)],
    ['a chain that loops', 'loop', (bytes) => bytes.writeUInt32LE(4, fatAt(6))],
    ['a chain that leaves the file', 'leads to sector', (bytes) => bytes.writeUInt32LE(0x00ffffff, fatAt(6))],
    ['a chain that ends early', 'ends after', (bytes) => bytes.writeUInt32LE(0xfffffffe, fatAt(6))],
    [
      'a directory that loops in its chain',
      'loop',
      (bytes) => bytes.writeUInt32LE(DIRECTORY_SECTOR, fatAt(DIRECTORY_SECTOR)),
    ],
    ['a stream size beyond the file', 'were announced', (bytes) => bytes.writeUInt32LE(0x7fffffff, entryAt(2) + 120)],
    ['two streams sharing sectors', 'two chains', (bytes) => bytes.writeUInt32LE(2, entryAt(2) + 116)],
    ['an entry that is its own sibling', 'reached twice', (bytes) => bytes.writeUInt32LE(1, entryAt(1) + 68)],
    ['an entry outside the directory', 'there are 4', (bytes) => bytes.writeUInt32LE(77, entryAt(0) + 76)],
    ['a name of odd size', 'a name has 63', (bytes) => bytes.writeUInt16LE(63, entryAt(1) + 64)],
    ['a first entry that is no root', 'wanted 5', (bytes) => bytes.writeUInt8(2, entryAt(0) + 66)],
    ['an entry of unknown type', 'has type 9', (bytes) => bytes.writeUInt8(9, entryAt(1) + 66)],
  ];
  test.each(damages)('refuses %s', async (_, text, damage) => {
    const bytes = await sample();
    damage(bytes);
    await expect(readEverything(bytes)).rejects.toThrow(text);
    await expect(readEverything(bytes)).rejects.toMatchObject({ name: 'FormatError', code: 'invalid-data' });
  });

  test('refuses a file cut at any sector, when the missing part is read', async () => {
    const bytes = await sample();
    for (let size = 0; size < bytes.byteLength; size += 512) {
      await expect(readEverything(bytes.subarray(0, size))).rejects.toMatchObject({ code: 'invalid-data' });
    }
  });

  test('survives 2,000 damaged files', async () => {
    expect(await surviveMutations(await sample(), 2000, readEverything)).toBeGreaterThan(300);
  });
});

/** Sectors of 4096 bytes: FAT, directory (root > data, sub > e), and two of data. */
function versionFour(): Uint8Array {
  const bytes = Buffer.alloc(4096 * 5);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  for (const [at, value] of [
    [26, 4],
    [28, 0xfffe],
    [30, 12],
    [32, 6],
  ] as const)
    bytes.writeUInt16LE(value, at);
  for (const [at, value] of [
    [40, 1],
    [44, 1],
    [48, 1],
    [56, 4096],
    [60, 0xfffffffe],
    [68, 0xfffffffe],
  ] as const) {
    bytes.writeUInt32LE(value, at);
  }
  bytes.fill(0xff, 76, 512);
  bytes.writeUInt32LE(0, 76);
  bytes.fill(0xff, 4096, 8192);
  [0xfffffffd, 0xfffffffe, 3, 0xfffffffe].forEach((next, sector) => {
    bytes.writeUInt32LE(next, 4096 + sector * 4);
  });
  const entry = (
    id: number,
    name: string,
    fields: { type: number; links: number[]; start?: number; size?: number },
  ) => {
    const base = 8192 + id * 128;
    bytes.write(name, base, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, base + 64);
    bytes.writeUInt8(fields.type, base + 66);
    bytes.writeUInt8(1, base + 67);
    fields.links.forEach((link, index) => {
      bytes.writeUInt32LE(link, base + 68 + index * 4);
    });
    bytes.writeUInt32LE(fields.start ?? 0xfffffffe, base + 116);
    bytes.writeUInt32LE(fields.size ?? 0, base + 120);
  };
  const none = 0xffffffff;
  entry(0, 'Root Entry', { type: 5, links: [none, none, 1] });
  entry(1, 'data', { type: 2, links: [2, none, none], start: 2, size: 5000 });
  entry(2, 'sub', { type: 1, links: [none, none, 3] });
  entry(3, 'e', { type: 2, links: [none, none, none] });
  Buffer.from(sampleBytes(5000)).copy(bytes, 4096 * 3);
  return bytes;
}
