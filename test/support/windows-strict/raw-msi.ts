import type { RawCfb } from './raw-cfb.ts';
import { show } from './raw-cfb.ts';

/** Tables and strings of a database by their stored values, for the strictness checks. */
export interface RawColumn {
  readonly name: string;
  readonly type: number;
  readonly size: number;
}

export interface RawTable {
  readonly name: string;
  readonly columns: readonly RawColumn[];
  /** Stored values: string ids, biased integers. */
  readonly rows: readonly (readonly number[])[];
}

export interface RawString {
  readonly bytes: Uint8Array;
  readonly references: number;
}

export interface RawMsi {
  readonly codePage: number;
  /** Index is the id; 0 is null. */
  readonly strings: readonly RawString[];
  /** `_Tables` and `_Columns` included. */
  readonly tables: readonly RawTable[];
  /** Streams that hold no table, by decoded name. */
  readonly streams: ReadonlyMap<string, Uint8Array>;
  readonly violations: readonly string[];
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';
const isKey = (column: RawColumn) => (column.type & 0x2000) !== 0;
const isString = (column: RawColumn) => (column.type & 0x0c00) === 0x0c00;

export function parseRawMsi(cfb: RawCfb): RawMsi {
  const violations: string[] = [];
  const tableStreams = new Map<string, Uint8Array>();
  const streams = new Map<string, Uint8Array>();
  for (const [name, bytes] of cfb.streams) {
    const isTable = name.charCodeAt(0) === 0x4840;
    (isTable ? tableStreams : streams).set(demangle(name, violations), bytes);
  }
  const { codePage, referenceSize, strings } = parsePool(tableStreams, violations);
  const text = (id: number) => Buffer.from(strings[id]?.bytes ?? []).toString('latin1');
  const read = (name: string, columns: readonly RawColumn[]): RawTable => {
    const bytes = tableStreams.get(name) ?? new Uint8Array(0);
    return { name, columns, rows: parseRows(name, bytes, { columns, violations }) };
  };

  const reference = { type: 0x2d40, size: referenceSize };
  const integer = { type: 0x2502, size: 2 };
  const tables = read('_Tables', [{ ...reference, name: 'Name' }]);
  const columns = read('_Columns', [
    ...[
      { ...reference, name: 'Table' },
      { ...integer, name: 'Number' },
    ],
    ...[
      { ...reference, type: 0x0d40, name: 'Name' },
      { ...integer, type: 0x0502, name: 'Type' },
    ],
  ]);
  const named = tables.rows.map(([id = 0]) => {
    const own = columns.rows.filter((row) => row[0] === id).sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
    own.forEach((row, index) => {
      if (row[1] !== 0x8000 + index + 1) violations.push(`_Columns: table ${text(id)} has no column ${index + 1}`);
    });
    return read(
      text(id),
      own.map((row) => column(text(row[2] ?? 0), (row[3] ?? 0) ^ 0x8000, referenceSize)),
    );
  });
  const known = new Set(['_Tables', '_Columns', '_StringPool', '_StringData', ...named.map(({ name }) => name)]);
  for (const name of tableStreams.keys()) {
    if (!known.has(name)) violations.push(`table stream ${name} is not in _Tables`);
  }
  return { codePage, strings, tables: [tables, columns, ...named], streams, violations };
}

export function cellText(msi: RawMsi, id: number | undefined): string {
  return Buffer.from(msi.strings[id ?? 0]?.bytes ?? []).toString('latin1');
}

export { isKey, isString };

function demangle(raw: string, violations: string[]): string {
  if (raw.startsWith('\x05')) return raw;
  let name = '';
  let previousWasSingle = false;
  for (const [index, unit] of [...raw].map((character) => character.charCodeAt(0)).entries()) {
    if (index === 0 && unit === 0x4840) continue;
    const isPair = unit >= 0x3800 && unit < 0x4800;
    const isSingle = unit >= 0x4800 && unit < 0x4840;
    const isPlainLetter = !isPair && !isSingle && LETTERS.includes(String.fromCharCode(unit));
    if (isPlainLetter) violations.push(`stream ${show(raw)}: name is not mangled`);
    if (previousWasSingle && (isPair || isSingle)) violations.push(`stream ${show(raw)}: letters are not paired`);
    previousWasSingle = isSingle;
    if (isPair) name += LETTERS.charAt((unit - 0x3800) % 64) + LETTERS.charAt(Math.floor((unit - 0x3800) / 64));
    else name += isSingle ? LETTERS.charAt(unit - 0x4800) : String.fromCharCode(unit);
  }
  return name;
}

function parsePool(tableStreams: ReadonlyMap<string, Uint8Array>, violations: string[]) {
  const pool = tableStreams.get('_StringPool') ?? new Uint8Array(4);
  const data = tableStreams.get('_StringData') ?? new Uint8Array(0);
  const view = new DataView(pool.buffer, pool.byteOffset, pool.byteLength);
  const header = view.getUint32(0, true);
  const strings: RawString[] = [{ bytes: new Uint8Array(0), references: 0 }];
  let dataAt = 0;
  for (let at = 4; at + 4 <= pool.byteLength; at += 4) {
    let size = view.getUint16(at, true);
    const references = view.getUint16(at + 2, true);
    if (size === 0 && references > 0) {
      if (at + 8 > pool.byteLength) {
        violations.push(`_StringPool: string ${strings.length} has no long length`);
        break;
      }
      at += 4;
      size = view.getUint32(at, true);
      if (size < 0x10000) violations.push(`_StringPool: string ${strings.length} has a long length of ${size}`);
    }
    strings.push({ bytes: data.subarray(dataAt, dataAt + size), references });
    dataAt += size;
  }
  if (dataAt !== data.byteLength) {
    violations.push(`_StringPool: its lengths add up to ${dataAt}, _StringData has ${data.byteLength} bytes`);
  }
  const isLong = (header & 0x80000000) !== 0;
  if (strings.length - 1 > 0xffff && !isLong) violations.push('_StringPool: too many strings for 2-byte references');
  const referenceSize = isLong ? 3 : 2;
  return { codePage: header & 0x7fffffff, referenceSize, strings };
}

function column(name: string, type: number, referenceSize: number): RawColumn {
  const sizes: Record<number, number> = { 0: 4, 1024: 2, 2048: 2, 3072: referenceSize };
  return { name, type, size: sizes[type & 0x0c00] ?? 2 };
}

function parseRows(
  name: string,
  bytes: Uint8Array,
  { columns, violations }: { columns: readonly RawColumn[]; violations: string[] },
): number[][] {
  const rowSize = columns.reduce((total, { size }) => total + size, 0);
  if (rowSize === 0) return [];
  if (bytes.byteLength % rowSize !== 0) violations.push(`${name}: stream size is no multiple of the row size`);
  const count = Math.floor(bytes.byteLength / rowSize);
  const rows = Array.from({ length: count }, () => [] as number[]);
  let at = 0;
  for (const { size } of columns) {
    for (const row of rows) {
      row.push(Buffer.from(bytes.buffer, bytes.byteOffset + at, size).readUIntLE(0, size));
      at += size;
    }
  }
  return rows;
}
