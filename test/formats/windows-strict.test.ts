import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesSource, readAll } from '../../installer/formats/byte-source.ts';
import { encodeCfb } from '../../installer/formats/cfb/index.ts';
import { encodeMsi } from '../../installer/formats/msi/index.ts';
import { checkHuffmanTrees } from '../support/windows-strict/deflate-trees.ts';
import { checkRawCabinet } from '../support/windows-strict/raw-cab.ts';
import { parseRawCfb } from '../support/windows-strict/raw-cfb.ts';
import { checkMsiBytes } from '../support/windows-strict.ts';
import { cabinetBytes, member, sampleBytes, samplePackage } from './support.ts';

const CLASS = Buffer.from('84100c0000000000c000000000000046', 'hex');
const SUMMARY = '\x05SummaryInformation';

let good: Uint8Array;
beforeAll(async () => {
  good = await readAll(encodeMsi(await samplePackage()));
});

/** The good package with streams replaced, renamed or removed; everything else stays valid. */
async function rebuild(change: (streams: Map<string, Buffer>) => void): Promise<string[]> {
  const streams = new Map([...parseRawCfb(good).streams].map(([name, bytes]) => [name, Buffer.from(bytes)]));
  change(streams);
  const inputs = [...streams].map(([name, bytes]) => ({ name, source: bytesSource(bytes) }));
  return checkMsiBytes(await readAll(encodeCfb({ clsid: CLASS, streams: inputs })));
}

/** Finds a stream by the start of its decoded content's name: the mangled units of `!Name`. */
function named(streams: Map<string, Buffer>, decoded: string): [string, Buffer] {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';
  let raw = decoded.startsWith('!') ? '\u4840' : '';
  const plain = decoded.replace('!', '');
  for (let at = 0; at < plain.length; at += 2) {
    const [first, second] = [letters.indexOf(plain.charAt(at)), letters.indexOf(plain.charAt(at + 1))];
    raw += String.fromCharCode(at + 1 < plain.length ? 0x3800 + first + 64 * second : 0x4800 + first);
  }
  const bytes = streams.get(raw);
  if (bytes === undefined) throw new Error(`no stream ${decoded}`);
  return [raw, bytes];
}

function swapRows(bytes: Buffer, sizes: readonly number[]): void {
  const rowSize = sizes.reduce((total, size) => total + size, 0);
  const count = bytes.byteLength / rowSize;
  let at = 0;
  for (const size of sizes) {
    const first = Buffer.from(bytes.subarray(at, at + size));
    bytes.copy(bytes, at, at + size, at + 2 * size);
    first.copy(bytes, at + size);
    at += size * count;
  }
}

function replace(streams: Map<string, Buffer>, name: string, change: (bytes: Buffer) => Buffer): void {
  const [raw, bytes] = named(streams, name);
  streams.set(raw, change(bytes));
}

const edit = (name: string, change: (bytes: Buffer) => void) => (streams: Map<string, Buffer>) =>
  change(named(streams, name)[1]);

describe('checkMsiBytes', () => {
  test('finds nothing in a good package, rebuilt or not', async () => {
    expect(checkMsiBytes(good)).toEqual([]);
    expect(await rebuild(() => {})).toEqual([]);
  });

  const damages: [string, RegExp, (streams: Map<string, Buffer>) => void][] = [
    ['_Tables out of order', /^_Tables: row 2 is out of order/, edit('!_Tables', (bytes) => swapRows(bytes, [2]))],
    [
      '_Columns out of order',
      /^_Columns: row 2 is out of order/,
      edit('!_Columns', (bytes) => swapRows(bytes, [2, 2, 2, 2])),
    ],
    [
      'rows of a table out of order',
      /^Property: row 2 is out of order/,
      edit('!Property', (bytes) => swapRows(bytes, [2, 2])),
    ],
    [
      'rows by integer out of order',
      /^Numbers: row 2 is out of order/,
      edit('!Numbers', (bytes) => swapRows(bytes, [4, 2, 4])),
    ],
    [
      'a key twice',
      /^Property: row 2 has the key of the row before/,
      edit('!Property', (bytes) => bytes.copy(bytes, 2, 0, 2)),
    ],
    ['a null where none is allowed', /Property: row 1, Value: null/, edit('!Property', (bytes) => bytes.fill(0, 6, 8))],
    ['a string id that is not there', /no string 65535/, edit('!Property', (bytes) => bytes.writeUInt16LE(0xffff, 6))],
    ['half a row', /^Property: stream size/, (streams) => replace(streams, '!Property', (bytes) => bytes.subarray(1))],
    [
      'a reference count too high',
      /counts 2 references|counts \d+ references/,
      edit('!_StringPool', (bytes) => bytes.writeUInt16LE(9, 6)),
    ],
    ['a pool of UTF-16', /code page 1200/, edit('!_StringPool', (bytes) => bytes.writeUInt16LE(1200, 0))],
    [
      'text outside ASCII in a neutral pool',
      /is not ASCII/,
      edit('!_StringPool', (bytes) => bytes.writeUInt16LE(0, 0)),
    ],
    [
      'string data left over',
      /lengths add up/,
      (streams) => replace(streams, '!_StringData', (bytes) => Buffer.concat([bytes, bytes])),
    ],
    [
      'a summary in UTF-8',
      /summary: code page is 65001/,
      (streams) => summaryOf(streams).writeUInt16LE(65001, pidAt(streams, 1)),
    ],
    [
      'a summary in no page',
      /summary: code page is 0/,
      (streams) => summaryOf(streams).writeUInt16LE(0, pidAt(streams, 1)),
    ],
    [
      'a package code in lower case',
      /package code is/,
      (streams) => summaryOf(streams).write('{abc', pidAt(streams, 9) + 4),
    ],
    [
      '64-bit components in a 32-bit package',
      /component Main is 64-bit/,
      (streams) => summaryOf(streams).write('x86', pidAt(streams, 7) + 4),
    ],
    [
      'an x64 package for an old installer',
      /page count 100 is too low/,
      (streams) => summaryOf(streams).writeInt32LE(100, pidAt(streams, 14)),
    ],
    ['no summary', /summary: stream is missing/, (streams) => streams.delete(SUMMARY)],
    [
      'a missing binary stream',
      /stream Binary.small is missing/,
      (streams) => streams.delete(named(streams, 'Binary.small')[0]),
    ],
    [
      'a missing cabinet',
      /cabinet #cab1.cab has no stream/,
      (streams) => streams.delete(named(streams, 'cab1.cab')[0]),
    ],
    [
      'a table that the catalogue lacks',
      /Ghost is not in _Tables/,
      (streams) => streams.set(`\u4840${raw('Ghost')}`, Buffer.alloc(2)),
    ],
    [
      'a stream name in plain letters',
      /is not mangled/,
      (streams) => {
        const [old, bytes] = named(streams, 'cab1.cab');
        streams.delete(old);
        streams.set('cab1.cab', bytes);
      },
    ],
    [
      'letters that are not paired',
      /letters are not paired/,
      (streams) => streams.set('\u480a\u480b', Buffer.alloc(1)),
    ],
  ];
  test.each(damages)('finds %s', async (_, message, damage) => {
    expect((await rebuild(damage)).filter((violation) => message.test(violation))).not.toEqual([]);
  });

  test('finds a cabinet whose members differ from the File rows', async () => {
    const build = async (names: readonly [string, number][]) =>
      Buffer.from(await cabinetBytes(names.map(([name, size]) => member(name, sampleBytes(size)))));
    const swapped = await build([
      ['aFile', 100],
      ['zFile', 70_000],
      ['empty', 0],
    ]);
    const resized = await build([
      ['zFile', 70_001],
      ['aFile', 100],
      ['empty', 0],
    ]);
    const lacking = await build([
      ['zFile', 70_000],
      ['aFile', 100],
    ]);
    const put = (bytes: Buffer) => rebuild((streams) => streams.set(named(streams, 'cab1.cab')[0], bytes));
    expect(await put(swapped)).toContain('cabinet cab1.cab: member 1 is aFile, File has zFile there');
    expect(await put(resized)).toContain('cabinet cab1.cab: zFile has 70001 bytes, File says 70000');
    expect(await put(lacking)).toContain('cabinet cab1.cab: member 3 is undefined, File has empty there');
  });

  test('finds a cabinet named without #, and a LastSequence that is too low', async () => {
    const content = await samplePackage();
    const media = content.tables.find(({ name }) => name === 'Media');
    const withRow = async (row: (string | number | null)[]) => {
      const tables = content.tables.map((item) => (item === media ? { ...item, rows: [row] } : item));
      return checkMsiBytes(await readAll(encodeMsi({ ...content, tables })));
    };
    expect(await withRow([1, 3, null, 'cab1.cab'])).toEqual(['Media: cabinet cab1.cab is embedded but has no #']);
    expect(await withRow([1, 2, null, '#cab1.cab'])).toContain('File: empty has a sequence above every LastSequence');
  });

  test('finds the halves of a long string swapped', async () => {
    const property = {
      name: 'Long',
      kind: 'string',
      width: 0,
      nullable: false,
      primaryKey: true,
      localizable: false,
    } as const;
    const content = {
      ...(await samplePackage()),
      tables: [{ name: 'T', columns: [property], rows: [['x'.repeat(140_000)]] }],
    };
    const bytes = await readAll(encodeMsi(content));
    expect(checkMsiBytes(bytes)).toEqual([]);
    const at = Buffer.from(bytes).indexOf(Buffer.from('00000100e0220200', 'hex'));
    const swapped = Buffer.from(bytes);
    Buffer.from('02000100e0220000', 'hex').copy(swapped, at);
    expect(checkMsiBytes(swapped).join()).toContain('lengths add up');
  });
});

describe('checkMsiBytes on the compound file', () => {
  const entryAt = (bytes: Buffer, id: number) => 512 + bytes.readUInt32LE(48) * 512 + id * 128;
  const damages: [string, RegExp, (bytes: Buffer) => void][] = [
    [
      'another root class',
      /root class is 00/,
      (bytes) => bytes.fill(0, entryAt(bytes, 0) + 80, entryAt(bytes, 0) + 96),
    ],
    [
      'siblings out of order',
      /is out of order/,
      (bytes) => {
        const top = entryAt(bytes, bytes.readUInt32LE(entryAt(bytes, 0) + 76));
        const left = bytes.readUInt32LE(top + 68);
        bytes.writeUInt32LE(bytes.readUInt32LE(top + 72), top + 68);
        bytes.writeUInt32LE(left, top + 72);
      },
    ],
    [
      'a red entry below a red one',
      /below a red one/,
      (bytes) => {
        for (let id = 1; id < 20; id++) bytes.writeUInt8(0, entryAt(bytes, id) + 67);
      },
    ],
    [
      'uneven black heights',
      /black heights differ/,
      (bytes) => {
        const ids = Array.from({ length: 15 }, (_, index) => index + 1);
        const red = ids.find((id) => bytes[entryAt(bytes, id) + 67] === 0) ?? 1;
        bytes.writeUInt8(1, entryAt(bytes, red) + 67);
      },
    ],
    [
      'an entry that cannot be reached',
      /cannot be reached/,
      (bytes) => {
        const top = entryAt(bytes, bytes.readUInt32LE(entryAt(bytes, 0) + 76));
        bytes.writeUInt32LE(0xffffffff, top + 68);
      },
    ],
    ['a header class', /header class/, (bytes) => bytes.writeUInt8(1, 8)],
  ];
  test.each(damages)('finds %s', (_, message, damage) => {
    const bytes = Buffer.from(good);
    damage(bytes);
    expect(checkMsiBytes(bytes).filter((violation) => message.test(violation))).not.toEqual([]);
  });
});

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
  /** Data must be a multiple of 4 long, which `CK` and padding see to where it matters. */
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

function summaryOf(streams: Map<string, Buffer>): Buffer {
  const bytes = streams.get(SUMMARY);
  if (bytes === undefined) throw new Error('no summary');
  return bytes;
}

/** Offset of a property's value, behind its type. */
function pidAt(streams: Map<string, Buffer>, id: number): number {
  const bytes = summaryOf(streams);
  for (let at = 56; at < bytes.byteLength; at += 8) {
    if (bytes.readUInt32LE(at) === id) return 48 + bytes.readUInt32LE(at + 4) + 4;
  }
  throw new Error(`no property ${id}`);
}

function raw(name: string): string {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';
  return [...name].map((letter) => String.fromCharCode(0x4800 + letters.indexOf(letter))).join('');
}
