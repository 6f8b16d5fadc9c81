import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ByteSource, bytesSource, type RandomAccessSink, readAll } from '../../installer/formats/byte-source.ts';
import { type CabinetMember, type CabinetOptions, writeCabinet } from '../../installer/formats/cab/index.ts';
import { FormatError } from '../../installer/formats/format-error.ts';
import type { MsiCell, MsiColumn, MsiDatabase, MsiTable } from '../../installer/formats/msi/index.ts';

/** A sink in memory that grows. */
export class MemorySink implements RandomAccessSink {
  #bytes = new Uint8Array(1024);
  #size = 0;

  async writeAt(offset: number, bytes: Uint8Array): Promise<void> {
    const end = offset + bytes.byteLength;
    if (end > this.#bytes.byteLength) {
      const larger = new Uint8Array(end * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, offset);
    this.#size = Math.max(this.#size, end);
  }

  get bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

export const MODIFIED_AT = new Date(Date.UTC(2026, 1, 3, 4, 5, 6));

export function member(name: string, bytes: Uint8Array | ByteSource, contentKey?: string): CabinetMember {
  const source = bytes instanceof Uint8Array ? bytesSource(bytes) : bytes;
  return { name, source, modifiedAt: MODIFIED_AT, ...(contentKey === undefined ? {} : { contentKey }) };
}

export async function cabinetBytes(members: readonly CabinetMember[], options?: CabinetOptions): Promise<Uint8Array> {
  const sink = new MemorySink();
  await writeCabinet(members, sink, options);
  return sink.bytes;
}

/** Bytes that deflate shrinks somewhat, the same for the same seed. */
export function sampleBytes(size: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0;
  for (let index = 0; index < size; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = index % 64 < 40 ? state >>> 24 : index >> 10;
  }
  return bytes;
}

type ColumnExtra = Partial<Omit<MsiColumn, 'name' | 'kind'>>;
const defaults = { width: 0, nullable: false, primaryKey: false, localizable: false };

export function textColumn(name: string, extra: ColumnExtra = {}): MsiColumn {
  return { ...defaults, name, kind: 'string', width: 72, ...extra };
}

export function column(name: string, kind: MsiColumn['kind'], extra: ColumnExtra = {}): MsiColumn {
  return { ...defaults, name, kind, ...extra };
}

export const KEY = { primaryKey: true } as const;
export const NULLABLE = { nullable: true } as const;

export function table(name: string, columns: readonly MsiColumn[], rows: MsiTable['rows']): MsiTable {
  return { name, columns, rows };
}

export function database(tables: readonly MsiTable[], extra: Partial<MsiDatabase> = {}): MsiDatabase {
  const summary = {
    codePage: 1252,
    title: 'Installation Database',
    template: 'x64;1033',
    revisionNumber: '{01234567-89AB-CDEF-0123-456789ABCDEF}',
    pageCount: 200,
    wordCount: 2,
  };
  return { codePage: 1252, summary, tables, streams: new Map(), ...extra };
}

/** A small package with an embedded cabinet, a binary cell, nulls and negative numbers. */
export async function samplePackage(extra: Partial<MsiDatabase> = {}): Promise<MsiDatabase> {
  const files = { zFile: sampleBytes(70_000), aFile: sampleBytes(100, 7), empty: new Uint8Array(0) };
  const members = Object.entries(files).map(([name, bytes]) => member(name, bytes));
  const cabinet = await cabinetBytes(members);
  const tables = [
    table(
      'Property',
      [textColumn('Property', KEY), textColumn('Value', { width: 0, localizable: true })],
      [
        ...[
          ['ProductName', 'Café'],
          ['ProductVersion', '1.2.3'],
          ['Manufacturer', 'Acme'],
        ],
      ],
    ),
    table(
      'Directory',
      [textColumn('Directory', KEY), textColumn('Directory_Parent', NULLABLE), textColumn('DefaultDir')],
      [
        ['TARGETDIR', null, 'SourceDir'],
        ['INSTALLDIR', 'TARGETDIR', 'Acme'],
      ],
    ),
    table(
      'Component',
      [
        textColumn('Component', KEY),
        textColumn('ComponentId', NULLABLE),
        textColumn('Directory_'),
        column('Attributes', 'int16'),
        textColumn('Condition', { ...NULLABLE, width: 255 }),
        textColumn('KeyPath', NULLABLE),
      ],
      [['Main', null, 'INSTALLDIR', 256, null, 'zFile']],
    ),
    table(
      'File',
      [
        textColumn('File', KEY),
        textColumn('Component_'),
        textColumn('FileName', { width: 255, localizable: true }),
        column('FileSize', 'int32'),
        textColumn('Version', NULLABLE),
        textColumn('Language', { ...NULLABLE, width: 20 }),
        column('Attributes', 'int16', NULLABLE),
        column('Sequence', 'int32'),
      ],
      Object.entries(files).map(([key, bytes], index) => [
        key,
        'Main',
        `${key}.bin`,
        bytes.byteLength,
        null,
        null,
        512,
        index + 1,
      ]),
    ),
    table(
      'Media',
      [
        column('DiskId', 'int16', KEY),
        column('LastSequence', 'int32'),
        textColumn('DiskPrompt', NULLABLE),
        textColumn('Cabinet', NULLABLE),
      ],
      [[1, members.length, null, '#cab1.cab']],
    ),
    table(
      'Binary',
      [textColumn('Name', KEY), column('Data', 'binary')],
      [
        ['small', { binary: bytesSource(sampleBytes(10)) }],
        ['large', { binary: bytesSource(sampleBytes(5000)) }],
      ],
    ),
    table('Empty', [textColumn('Key', KEY)], []),
    table(
      'Numbers',
      [column('Id', 'int32', KEY), column('Small', 'int16', NULLABLE), column('Big', 'int32', NULLABLE)],
      [
        [-2147483647, -32767, 0],
        [2147483647, 32767, null],
        [0, null, -1],
      ],
    ),
  ];
  return database(tables, { streams: new Map([['cab1.cab', bytesSource(cabinet)]]), ...extra });
}

/** Content in a form that `toEqual` compares: rows by key text, bytes as hex, empty strings as null. */
export async function comparable(content: MsiDatabase): Promise<unknown> {
  const cell = async (value: MsiCell) => {
    if (value === '') return null;
    return value !== null && typeof value === 'object'
      ? Buffer.from(await readAll(value.binary)).toString('hex')
      : value;
  };
  const tables = [];
  for (const { name, columns, rows } of content.tables) {
    const cells = await Promise.all(rows.map((row) => Promise.all(row.map(cell))));
    tables.push({ name, columns, rows: cells.map((row) => JSON.stringify(row)).sort() });
  }
  const streams = [];
  for (const [name, source] of content.streams)
    streams.push([name, Buffer.from(await readAll(source)).toString('hex')]);
  return {
    codePage: content.codePage,
    summary: content.summary,
    tables: tables.sort((a, b) => (a.name < b.name ? -1 : 1)),
    streams: streams.sort(),
  };
}

/** Runs `use` with a new folder, whose name holds a space, and removes it. */
export async function withFolder<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'formats test-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Standard output of a foreign tool, as bytes; `cwd` is where it may leave files. Fails with what the tool said. */
export function runTool(name: string, args: readonly string[], cwd: string): Buffer {
  return execFileSync(name, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 256 * 1024 * 1024 });
}

export function writeTo(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/**
 * Damages `bytes` in `count` reproducible ways (flipped bits, overwritten words, cuts) and passes each to `read`, which
 * may succeed or throw a `FormatError`; anything else fails. Returns how many were refused.
 */
export async function surviveMutations(
  bytes: Uint8Array,
  count: number,
  read: (damaged: Uint8Array) => Promise<unknown>,
): Promise<number> {
  const interesting = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
  let state = 12_345;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let refused = 0;
  for (let round = 0; round < count; round++) {
    const damaged = Buffer.from(random(10) === 0 ? bytes.subarray(0, random(bytes.byteLength)) : bytes);
    // Most structure is in the first sectors: aim half of the changes there.
    for (let change = random(4); change >= 0 && damaged.byteLength > 8; change--) {
      const at = random(random(2) === 0 ? Math.min(2048, damaged.byteLength - 4) : damaged.byteLength - 4);
      if (random(2) === 0) damaged.writeUInt8((damaged[at] ?? 0) ^ (1 << random(8)), at);
      else damaged.writeUInt32LE(interesting[random(interesting.length)] ?? 0, at & ~3);
    }
    try {
      await read(damaged);
    } catch (error) {
      if (!(error instanceof FormatError))
        throw new Error(`mutation ${round} was not refused properly`, { cause: error });
      refused++;
    }
  }
  return refused;
}
