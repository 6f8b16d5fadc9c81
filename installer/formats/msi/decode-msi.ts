import { type RandomAccessReader, type RandomAccessSource, readAll } from '../byte-source.ts';
import { type CfbStream, readCfb } from '../cfb/index.ts';
import { COLUMNS_KINDS, decodeCatalog, TABLES_KINDS, type TableSchema } from './catalog.ts';
import { COLUMNS, DATABASE_CLASS, msiError, STRING_DATA, STRING_POOL, SUMMARY_STREAM, TABLES } from './constants.ts';
import { decodeSummary } from './decode-summary.ts';
import type { MsiCell, MsiColumn, MsiDatabase, MsiTable, SummaryInformation } from './model.ts';
import { readStringPool, type StringTable } from './read-string-pool.ts';
import { decodeStreamName } from './stream-name.ts';
import { decodeTableStream, MAX_ROWS, unbias } from './table-stream.ts';

/** A database that was read: its streams can be read at any place, so `readCabinet` takes them as they are. */
export interface MsiContent extends MsiDatabase {
  readonly streams: ReadonlyMap<string, RandomAccessSource>;
}

/**
 * Reads a whole database, of any writer: rows in stored order, integers unbiased, empty strings as null. Binary cells
 * and streams stay lazy. Sub-storages (embedded transforms) are not part of the result.
 * Throws `FormatError` (`invalid-data`) for bytes that are no database.
 */
export async function decodeMsi(reader: RandomAccessReader): Promise<MsiContent> {
  const storage = await readCfb(reader);
  refuseOtherKinds(storage.clsid);
  const streams = new DatabaseStreams(storage.streams);
  const strings = readStringPool(await streams.table(STRING_POOL, true), await streams.table(STRING_DATA, false));
  const { referenceSize } = strings;
  const catalog = {
    tables: decodeTableStream(await streams.table(TABLES, true), TABLES_KINDS, { referenceSize, table: TABLES }),
    columns: decodeTableStream(await streams.table(COLUMNS, true), COLUMNS_KINDS, { referenceSize, table: COLUMNS }),
  };
  const tables: MsiTable[] = [];
  let rowCount = 0;
  for (const schema of decodeCatalog(catalog, strings)) {
    const table = await readTable(schema, streams, strings);
    rowCount += table.rows.length;
    if (rowCount > MAX_ROWS) {
      throw msiError('invalid-data', `Cannot read the database: it has more than ${MAX_ROWS} rows`);
    }
    tables.push(table);
  }
  if (tables.some(({ name }) => name === MERGE_MODULE_TABLE)) throw otherKind('a merge module (.msm)');
  const summary = await readSummary(streams);
  return { codePage: strings.codePage, summary, tables, streams: streams.unclaimed() };
}

/** Every merge module has this table, and nothing else does. */
const MERGE_MODULE_TABLE = 'ModuleSignature';
/** What tells the classes of Windows Installer's files apart: the first byte of `{000C108x-...}`. */
const OTHER_KINDS: Readonly<Record<number, string>> = { 130: 'a transform (.mst)', 134: 'a patch (.msp)' };

function refuseOtherKinds(clsid: Uint8Array): void {
  const isInstallers = DATABASE_CLASS.every((byte, index) => index === 0 || clsid[index] === byte);
  const kind = isInstallers ? OTHER_KINDS[clsid[0] ?? 0] : undefined;
  if (kind !== undefined) throw otherKind(kind);
}

function otherKind(found: string): Error {
  return msiError('invalid-data', `Cannot read the database: the file is ${found}, wanted a package (.msi)`);
}

/** The streams of a database by their logical names, those of tables apart. */
class DatabaseStreams {
  readonly #tables = new Map<string, CfbStream>();
  readonly #others = new Map<string, CfbStream>();
  readonly #claimed = new Set<string>();

  constructor(streams: readonly CfbStream[]) {
    for (const stream of streams) {
      const { name, isTable } = decodeStreamName(stream.name);
      (isTable ? this.#tables : this.#others).set(name, stream);
    }
  }

  /** Bytes of a table stream; a table without rows has none. */
  async table(name: string, isRequired: boolean): Promise<Uint8Array> {
    const stream = this.#tables.get(name);
    if (stream === undefined && isRequired) {
      throw msiError('invalid-data', `Cannot read the database: it has no "${name}" stream, so it is no MSI database`);
    }
    return stream === undefined ? new Uint8Array(0) : await readAll(stream);
  }

  /** A stream that belongs to something else than itself, and is left out of `unclaimed`. */
  claim(name: string): CfbStream | undefined {
    this.#claimed.add(name);
    return this.#others.get(name);
  }

  unclaimed(): Map<string, RandomAccessSource> {
    return new Map([...this.#others].filter(([name]) => !this.#claimed.has(name)));
  }
}

async function readSummary(streams: DatabaseStreams): Promise<SummaryInformation> {
  const stream = streams.claim(SUMMARY_STREAM);
  return stream === undefined ? { codePage: 0 } : decodeSummary(await readAll(stream));
}

async function readTable(schema: TableSchema, streams: DatabaseStreams, strings: StringTable): Promise<MsiTable> {
  const { name, columns } = schema;
  const kinds = columns.map((column) => column.kind);
  const options = { referenceSize: strings.referenceSize, table: name };
  const rawRows = decodeTableStream(await streams.table(name, false), kinds, options);
  const keyCount = columns.filter((column) => column.primaryKey).length;
  const rows = rawRows.map((raw) => {
    const cells: MsiCell[] = [];
    columns.forEach((column, index) => {
      const isBinary = column.kind === 'binary' && raw[index] !== 0;
      cells.push(
        isBinary
          ? binaryCell([name, ...cells.slice(0, keyCount)].join('.'), streams)
          : decodeCell(raw[index] ?? 0, { column, strings }),
      );
    });
    return cells;
  });
  return { name, columns, rows };
}

/** The meaning of one stored cell; null for a binary one, whose bytes are elsewhere. */
export function decodeCell(stored: number, { column, strings }: { column: MsiColumn; strings: StringTable }): MsiCell {
  if (stored === 0) return null;
  const { kind } = column;
  switch (kind) {
    case 'string':
      return strings.text(stored);
    case 'int16':
    case 'int32':
      return unbias(kind, stored);
    case 'binary':
      return null;
    default:
      return kind satisfies never;
  }
}

function binaryCell(name: string, streams: DatabaseStreams): MsiCell {
  const stream = streams.claim(name);
  if (stream === undefined) {
    throw msiError('invalid-data', `Cannot read the database: a cell names stream "${name}", which is not there`);
  }
  return { binary: stream };
}
