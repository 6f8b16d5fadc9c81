import type { ByteSource } from '../byte-source.ts';
import { MAX_COLUMNS, msiError } from './constants.ts';
import type { MsiCell, MsiColumn, MsiRow, MsiTable } from './model.ts';
import type { StringPool } from './string-pool.ts';
import { bias, compareRawKeys, type RawRow } from './table-stream.ts';

/** Largest magnitude of an integer; one less than two's complement, because stored 0 is null. */
const MAX_MAGNITUDE = { int16: 0x7fff, int32: 0x7fffffff } as const;

export interface EncodedTable {
  /** In the order that Windows wants. */
  readonly rows: readonly RawRow[];
  /** The binary cells by their logical stream name `Table.key1[.key2...]`. */
  readonly binaries: readonly { readonly name: string; readonly source: ByteSource }[];
}

/**
 * Checks and encodes the rows of a table. Throws `FormatError` (`invalid-input`) naming table, row (counted from 1) and
 * column for a value that the column cannot hold, for a null where none is allowed and for a key that is there twice.
 * The width of a string column binds keys only: Windows takes it as a hint for authoring tools and stores longer values.
 */
export function encodeTable(table: MsiTable, strings: StringPool): EncodedTable {
  checkColumns(table);
  const keyCount = table.columns.filter((column) => column.primaryKey).length;
  const binaries: { name: string; source: ByteSource }[] = [];
  const rows = table.rows.map((row, index) => {
    if (row.length !== table.columns.length) {
      const found = `it has ${row.length} cells`;
      throw msiError('invalid-input', `Cannot encode ${place(table, index)}: ${found}, wanted ${table.columns.length}`);
    }
    return table.columns.map((column, position) => {
      const cell = row[position] ?? null;
      if (cell !== null && typeof cell === 'object' && column.kind === 'binary') {
        binaries.push({ name: [table.name, ...row.slice(0, keyCount)].join('.'), source: cell.binary });
        return 1;
      }
      return encodeCell(cell, column, { strings, where: () => `${place(table, index)}, column "${column.name}"` });
    });
  });
  return { rows: sortRows(table, rows, keyCount), binaries };
}

/** The stored form of one cell. Throws `FormatError` (`invalid-input`) for what the column cannot hold. */
export function encodeCell(
  cell: MsiCell,
  column: MsiColumn,
  { strings, where }: { strings: StringPool; where: () => string },
): number {
  if (cell === null || cell === '') {
    if (column.nullable) return 0;
    throw msiError('invalid-input', `Cannot encode ${where()}: it is null or empty, wanted a value`);
  }
  const { kind } = column;
  switch (kind) {
    case 'string':
      return strings.reference(stringCell(cell, column, where));
    case 'int16':
    case 'int32':
      return bias(kind, integerCell(cell, MAX_MAGNITUDE[kind], where));
    case 'binary':
      throw msiError('invalid-input', `Cannot encode ${where()}: found ${show(cell)}, wanted binary data`);
    default:
      return kind satisfies never;
  }
}

function stringCell(cell: MsiCell, column: MsiColumn, where: () => string): string {
  if (typeof cell !== 'string') {
    throw msiError('invalid-input', `Cannot encode ${where()}: found ${show(cell)}, wanted a string`);
  }
  if (column.primaryKey && column.width > 0 && cell.length > column.width) {
    const found = `the key has ${cell.length} characters`;
    throw msiError('invalid-input', `Cannot encode ${where()}: ${found}, at most ${column.width} are allowed`);
  }
  return cell;
}

function integerCell(cell: MsiCell, max: number, where: () => string): number {
  if (typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) <= max) return cell;
  throw msiError(
    'invalid-input',
    `Cannot encode ${where()}: found ${show(cell)}, wanted an integer from -${max} to ${max}`,
  );
}

function sortRows(table: MsiTable, rows: RawRow[], keyCount: number): RawRow[] {
  const compare = compareRawKeys(keyCount);
  const order = rows.map((row, index) => ({ row, index })).sort((a, b) => compare(a.row, b.row));
  order.forEach(({ row, index }, position) => {
    const previous = order[position - 1];
    if (previous !== undefined && compare(previous.row, row) === 0) {
      const key = keyText(table.rows[index] ?? [], keyCount);
      const found = `its key ${key} is also that of row ${previous.index + 1}`;
      throw msiError('invalid-input', `Cannot encode ${place(table, index)}: ${found}, wanted unique keys`);
    }
  });
  return order.map(({ row }) => row);
}

function checkColumns({ name, columns }: MsiTable): void {
  const fail = (found: string) => msiError('invalid-input', `Cannot encode table "${name}": ${found}`);
  if (columns.length === 0 || columns.length > MAX_COLUMNS) {
    throw fail(`it has ${columns.length} columns, wanted 1 to ${MAX_COLUMNS}`);
  }
  const keyCount = columns.filter((column) => column.primaryKey).length;
  if (keyCount === 0) throw fail('it has no primary key');
  if (columns.filter((column) => column.kind === 'binary').length > 1) {
    throw fail('it has two binary columns, whose cells of one row would share one stream');
  }
  for (const [index, column] of columns.entries()) {
    if (column.name === '') throw fail(`column ${index + 1} has no name`);
    if (column.primaryKey !== index < keyCount) throw fail('its key columns are not the first ones');
    if (column.primaryKey && column.kind === 'binary') throw fail(`key column "${column.name}" is binary`);
  }
  if (new Set(columns.map((column) => column.name)).size !== columns.length) throw fail('it has a column twice');
}

function place(table: MsiTable, index: number): string {
  return `table "${table.name}", row ${index + 1}`;
}

function keyText(row: MsiRow, keyCount: number): string {
  return row.slice(0, keyCount).map(show).join(', ');
}

function show(cell: MsiCell): string {
  return cell !== null && typeof cell === 'object' ? 'binary data' : JSON.stringify(cell);
}
