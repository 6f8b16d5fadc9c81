/**
 * The identity of a .NET assembly, read from the metadata of its executable. Source of truth: ECMA-335, partition II,
 * sections 22 to 25. Reads the headers, the sizes of the tables and the one row of the Assembly table. A file that is no
 * assembly, or a damaged one, has no identity.
 */
import { createHash } from 'node:crypto';
import type { RandomAccessReader } from '../byte-source.ts';
import { type Image, openImage, view } from './open-image.ts';

export interface AssemblyName {
  readonly name: string;
  /** `a.b.c.d`. */
  readonly version: string;
  /** `neutral` for an assembly of no culture. */
  readonly culture: string;
  /** Sixteen upper-case hexadecimal digits; undefined without a strong name. */
  readonly publicKeyToken: string | undefined;
  /** `MSIL`, `x86`, `AMD64`, `IA64`, as .NET names them. */
  readonly processor: string;
}

const CLI_DIRECTORY = 14;
const METADATA_SIGNATURE = 0x424a5342;
const ASSEMBLY_TABLE = 0x20;
/** CorFlags: only intermediate language, and only in a 32-bit process. */
const IL_ONLY = 1;
const REQUIRES_32_BIT = 2;
const PROCESSORS: Readonly<Record<number, string>> = { 332: 'x86', 512: 'IA64', 34404: 'AMD64' };
/** Streams that say more than this of themselves are damaged. */
const MAX_STREAMS = 16;
const MAX_NAME = 1024;
const MAX_KEY = 16 * 1024;

export async function readAssemblyName(file: RandomAccessReader): Promise<AssemblyName | undefined> {
  const image = await openImage(file, CLI_DIRECTORY);
  const header = image?.toOffset(image.directory.address);
  const cli = header === undefined ? undefined : await view(file, header, 20);
  if (image === undefined || cli === undefined) return undefined;
  const root = image.toOffset(cli.getUint32(8, true));
  const streams = root === undefined ? undefined : await findStreams(file, root);
  const tables = streams?.get('#~') ?? streams?.get('#-');
  if (streams === undefined || tables === undefined) return undefined;
  const row = await findAssemblyRow(file, tables);
  if (row === undefined) return undefined;
  const strings = streams.get('#Strings');
  const blobs = streams.get('#Blob');
  const name = strings === undefined ? undefined : await readString(file, strings + row.name);
  if (name === undefined || strings === undefined) return undefined;
  const culture = await readString(file, strings + row.culture);
  const key = blobs === undefined || row.publicKey === 0 ? undefined : await readBlob(file, blobs + row.publicKey);
  return {
    name,
    version: row.version.join('.'),
    culture: culture || 'neutral',
    publicKeyToken: key === undefined || key.byteLength === 0 ? undefined : tokenOf(key),
    processor: processorOf(image, cli.getUint32(16, true)),
  };
}

function processorOf({ machine, wide }: Image, flags: number): string {
  if ((flags & IL_ONLY) !== 0 && !wide) return (flags & REQUIRES_32_BIT) === 0 ? 'MSIL' : 'x86';
  return PROCESSORS[machine] ?? 'MSIL';
}

/** The last eight bytes of the key's SHA-1, the last one first. */
function tokenOf(key: Uint8Array): string {
  return createHash('sha1').update(key).digest().subarray(-8).reverse().toString('hex').toUpperCase();
}

/** File offsets of the metadata streams by name. */
async function findStreams(file: RandomAccessReader, root: number): Promise<ReadonlyMap<string, number> | undefined> {
  const head = await view(file, root, 16);
  if (head === undefined || head.getUint32(0, true) !== METADATA_SIGNATURE) return undefined;
  const after = root + 16 + head.getUint32(12, true);
  const count = await view(file, after, 4);
  const streams = new Map<string, number>();
  let at = after + 4;
  for (let index = 0; count !== undefined && index < Math.min(count.getUint16(2, true), MAX_STREAMS); index++) {
    const entry = await view(file, at, 8);
    const name = await readString(file, at + 8);
    if (entry === undefined || name === undefined) return undefined;
    streams.set(name, root + entry.getUint32(0, true));
    at += 8 + ((name.length + 4) & ~3);
  }
  return streams;
}

/**
 * Columns of the tables before Assembly: 2 and 4 are bytes, `s`, `g` and `b` indexes into the heaps, a hexadecimal number
 * after `t` a table, one after `c` a coded index.
 */
const SCHEMA: readonly string[] = [
  '2 s g g g',
  'c0 s s',
  '4 s s c1 t04 t06',
  't04',
  '2 s b',
  't06',
  '4 2 2 s b t08',
  't08',
  '2 2 s',
  't02 c1',
  'c2 s b',
  '2 c3 b',
  'c4 c5 b',
  'c6 b',
  '2 c7 b',
  '2 4 t02',
  '4 t04',
  'b',
  't02 t14',
  't14',
  '2 s c1',
  't02 t17',
  't17',
  '2 s b',
  '2 t06 c8',
  't02 c9 c9',
  's',
  'b',
  '2 ca s t1a',
  '4 t04',
  '4 4',
  '4',
];

/** Coded indexes: bits of the tag and the tables it tells apart. */
const CODED: Readonly<Record<string, { readonly bits: number; readonly tables: readonly number[] }>> = {
  c0: { bits: 2, tables: [0x00, 0x1a, 0x23, 0x01] },
  c1: { bits: 2, tables: [0x02, 0x01, 0x1b] },
  c2: { bits: 3, tables: [0x02, 0x01, 0x1a, 0x06, 0x1b] },
  c3: { bits: 2, tables: [0x04, 0x08, 0x17] },
  c4: {
    bits: 5,
    tables: [
      0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0a, 0x00, 0x0e, 0x17, 0x14, 0x11, 0x1a, 0x1b, 0x20, 0x23, 0x26, 0x27, 0x28,
      0x2a, 0x2b, 0x2c,
    ],
  },
  c5: { bits: 3, tables: [0x06, 0x0a] },
  c6: { bits: 1, tables: [0x04, 0x08] },
  c7: { bits: 2, tables: [0x02, 0x06, 0x20] },
  c8: { bits: 1, tables: [0x14, 0x17] },
  c9: { bits: 1, tables: [0x06, 0x0a] },
  ca: { bits: 1, tables: [0x04, 0x06] },
};

interface AssemblyRow {
  readonly version: readonly number[];
  readonly publicKey: number;
  readonly name: number;
  readonly culture: number;
}

async function findAssemblyRow(file: RandomAccessReader, tables: number): Promise<AssemblyRow | undefined> {
  const head = await view(file, tables, 24);
  if (head === undefined) return undefined;
  const present = head.getBigUint64(8, true);
  const list = Array.from({ length: 64 }, (_, table) => table).filter((table) => (present >> BigInt(table)) & 1n);
  const counts = await view(file, tables + 24, list.length * 4);
  if (counts === undefined || !list.includes(ASSEMBLY_TABLE)) return undefined;
  const rows = new Map(list.map((table, index) => [table, counts.getUint32(index * 4, true)]));
  const heaps = head.getUint8(6);
  const wide = { s: (heaps & 1) !== 0, g: (heaps & 2) !== 0, b: (heaps & 4) !== 0 };
  const width = (column: string) => columnWidth(column, rows, wide);
  const before = SCHEMA.reduce(
    (sum, columns, table) =>
      sum + (rows.get(table) ?? 0) * columns.split(' ').reduce((total, one) => total + width(one), 0),
    0,
  );
  const [blob, text] = [width('b'), width('s')];
  const row = await view(file, tables + 24 + list.length * 4 + before, 16 + blob + text * 2);
  if (row === undefined) return undefined;
  const index = (offset: number, size: number) =>
    size === 2 ? row.getUint16(offset, true) : row.getUint32(offset, true);
  return {
    version: [4, 6, 8, 10].map((offset) => row.getUint16(offset, true)),
    publicKey: index(16, blob),
    name: index(16 + blob, text),
    culture: index(16 + blob + text, text),
  };
}

function columnWidth(
  column: string,
  rows: ReadonlyMap<number, number>,
  wide: Readonly<Record<'s' | 'g' | 'b', boolean>>,
): number {
  if (column === '2' || column === '4') return Number(column);
  if (column === 's' || column === 'g' || column === 'b') return wide[column] ? 4 : 2;
  const coded = CODED[column];
  const tables = coded?.tables ?? [Number.parseInt(column.slice(1), 16)];
  const largest = Math.max(...tables.map((table) => rows.get(table) ?? 0));
  return largest < 2 ** (16 - (coded?.bits ?? 0)) ? 2 : 4;
}

/** A zero-terminated text. */
async function readString(file: RandomAccessReader, offset: number): Promise<string | undefined> {
  if (offset >= file.sizeBytes) return undefined;
  const bytes = await file.readAt(offset, Math.min(MAX_NAME, file.sizeBytes - offset));
  const end = bytes.indexOf(0);
  return end < 0 ? undefined : new TextDecoder().decode(bytes.subarray(0, end));
}

/** Bytes with their length before them, which takes one, two or four bytes. */
async function readBlob(file: RandomAccessReader, offset: number): Promise<Uint8Array | undefined> {
  const head = await view(file, offset, 1);
  if (head === undefined) return undefined;
  const first = head.getUint8(0);
  const prefix = first < 0x80 ? 1 : first < 0xc0 ? 2 : 4;
  const bytes = await view(file, offset, prefix);
  if (bytes === undefined) return undefined;
  const length = { 1: first, 2: bytes.byteLength > 1 ? bytes.getUint16(0) & 0x3fff : 0, 4: 0 }[prefix] ?? 0;
  if (length > MAX_KEY) return undefined;
  const key = await view(file, offset + prefix, length);
  return key === undefined ? undefined : new Uint8Array(key.buffer, key.byteOffset, key.byteLength);
}
