import { beforeAll, describe, expect, test } from 'vitest';
import { bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { encodeCfb } from '../../../installer/formats/cfb/index.ts';
import { encodeMsi } from '../../../installer/formats/msi/index.ts';
import { parseRawCfb } from '../../support/windows-strict/raw-cfb.ts';
import { checkMsiBytes } from '../../support/windows-strict.ts';
import { cabinetBytes, member, sampleBytes, samplePackage } from '../support.ts';

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
