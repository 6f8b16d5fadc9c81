import { type RandomAccessReader, readAll } from '../byte-source.ts';
import { type CfbStream, readCfb } from '../cfb/index.ts';
import { decodeColumnType } from '../msi/column-type.ts';
import { COLUMNS, MAX_COLUMNS, STRING_DATA, STRING_POOL, SUMMARY_STREAM, TABLES } from '../msi/constants.ts';
import { decodeSummary } from '../msi/decode-summary.ts';
import type { MsiColumn } from '../msi/model.ts';
import { readStringPool } from '../msi/read-string-pool.ts';
import { decodeStreamName } from '../msi/stream-name.ts';
import { COLUMNS_COLUMNS, TABLES_COLUMNS } from './catalog-columns.ts';
import { mstError, TRANSFORM_CLASS } from './constants.ts';
import type { DecodedTransform, RowChange, TableChange } from './model.ts';
import { RecordReader } from './record-reader.ts';

/**
 * Reads a transform of any writer. Its records do not say what they consist of: `columnsOf` gives the columns that a table
 * has before the transform (those of a new table are in the transform). Tables that it does not know become opaque.
 * Throws `FormatError` (`invalid-data`) for bytes that are no transform, or one for other columns.
 */
export async function decodeTransform(
  reader: RandomAccessReader,
  columnsOf: (table: string) => readonly MsiColumn[] | undefined,
): Promise<DecodedTransform> {
  const storage = await readCfb(reader);
  if (TRANSFORM_CLASS.some((byte, index) => storage.clsid[index] !== byte)) {
    throw mstError(
      'invalid-data',
      'Cannot read the transform: the file is of another class, wanted that of transforms',
    );
  }
  const { tables, others } = sortStreams(storage.streams);
  const bytesOf = async (name: string) => {
    const stream = tables.get(name);
    return stream === undefined ? new Uint8Array(0) : readAll(stream);
  };
  const strings = readStringPool(await bytesOf(STRING_POOL), await bytesOf(STRING_DATA));
  const records = new RecordReader(strings, others);
  const definitions = readDefinitions(
    records.read(await bytesOf(TABLES), TABLES, TABLES_COLUMNS),
    records.read(await bytesOf(COLUMNS), COLUMNS, COLUMNS_COLUMNS),
  );
  const names = [...new Set([...definitions.keys(), ...tables.keys()])];
  const changes: TableChange[] = [];
  const opaqueTables: { name: string; sizeBytes: number }[] = [];
  for (const name of names.filter((candidate) => !OWN_STREAMS.has(candidate)).sort()) {
    const { kind, addedColumns } = definitions.get(name) ?? { kind: 'changed' as const, addedColumns: [] };
    const before = kind === 'added' ? [] : columnsOf(name);
    const stream = tables.get(name);
    if (before === undefined && stream !== undefined) opaqueTables.push({ name, sizeBytes: stream.sizeBytes });
    else {
      const rows = records.read(await bytesOf(name), name, [...(before ?? []), ...addedColumns]);
      changes.push({ name, kind, addedColumns, rows });
    }
  }
  const summary = others.get(SUMMARY_STREAM);
  return {
    codePage: strings.codePage,
    summary: summary === undefined ? { codePage: 0 } : decodeSummary(await readAll(summary)),
    tables: changes,
    opaqueTables,
    streams: new Map([...others].filter(([name]) => name !== SUMMARY_STREAM && !records.claimed.has(name))),
  };
}

const OWN_STREAMS: ReadonlySet<string> = new Set([STRING_POOL, STRING_DATA, TABLES, COLUMNS]);

function sortStreams(streams: readonly CfbStream[]) {
  const tables = new Map<string, CfbStream>();
  const others = new Map<string, CfbStream>();
  for (const stream of streams) {
    const { name, isTable } = decodeStreamName(stream.name);
    (isTable ? tables : others).set(name, stream);
  }
  return { tables, others };
}

type Definition = Pick<TableChange, 'kind' | 'addedColumns'>;

function readDefinitions(tables: readonly RowChange[], columns: readonly RowChange[]): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const change of tables) {
    const [name] = change.kind === 'insert' ? change.row : change.key;
    if (change.kind === 'update') throw mstError('invalid-data', 'Cannot read the transform: it renames a table');
    definitions.set(String(name), { kind: change.kind === 'insert' ? 'added' : 'removed', addedColumns: [] });
  }
  const numbered = new Map<string, { number: number; column: MsiColumn }[]>();
  for (const change of columns) {
    const [table, number] = change.kind === 'insert' ? change.row : change.key;
    const name = String(table);
    // Columns of a table that goes away may be listed as well.
    if (change.kind === 'delete' && definitions.get(name)?.kind === 'removed') continue;
    if (change.kind !== 'insert') {
      throw mstError('invalid-data', `Cannot read the transform: it changes or removes a column of table "${name}"`);
    }
    const [, , columnName, type] = change.row;
    const list = numbered.get(name) ?? [];
    numbered.set(name, list);
    const column = decodeColumnType(String(columnName), Number(type) & 0xffff);
    list.push({ number: typeof number === 'number' ? number : list.length, column });
  }
  for (const [name, list] of numbered) {
    if (list.length > MAX_COLUMNS) {
      throw mstError(
        'invalid-data',
        `Cannot read table "${name}": it gets ${list.length} columns, at most 32 are allowed`,
      );
    }
    const addedColumns = list.sort((left, right) => left.number - right.number).map(({ column }) => column);
    definitions.set(name, { kind: definitions.get(name)?.kind ?? 'changed', addedColumns });
  }
  return definitions;
}
