import { decodeColumnType, encodeColumnType } from './column-type.ts';
import { MAX_COLUMNS, msiError } from './constants.ts';
import type { ColumnKind, MsiColumn, MsiTable } from './model.ts';
import type { StringTable } from './read-string-pool.ts';
import type { StringPool } from './string-pool.ts';
import { bias, compareRawKeys, type RawRow, unbias } from './table-stream.ts';

/** `_Tables` and `_Columns`: the tables of a database and their columns. Neither lists itself. */
export const TABLES_KINDS: readonly ColumnKind[] = ['string'];
/** Table, Number (from 1), Name, Type. */
export const COLUMNS_KINDS: readonly ColumnKind[] = ['string', 'int16', 'string', 'int16'];

export interface RawCatalog {
  readonly tables: readonly RawRow[];
  readonly columns: readonly RawRow[];
}

export function encodeCatalog(tables: readonly MsiTable[], strings: StringPool): RawCatalog {
  const tableRows = tables.map(({ name }) => [strings.reference(name)]);
  const columnRows = tables.flatMap((table) =>
    table.columns.map((column, index) => [
      strings.reference(table.name),
      bias('int16', index + 1),
      strings.reference(column.name),
      bias('int16', encodeColumnType(column)),
    ]),
  );
  return { tables: tableRows.sort(compareRawKeys(1)), columns: columnRows.sort(compareRawKeys(2)) };
}

export interface TableSchema {
  readonly name: string;
  readonly columns: readonly MsiColumn[];
}

/** Tables in stored order. Throws `FormatError` (`invalid-data`) for a table without columns or with a gap in them. */
export function decodeCatalog(raw: RawCatalog, strings: StringTable): TableSchema[] {
  const columnsByTable = new Map<number, RawRow[]>();
  for (const row of raw.columns) {
    const rows = columnsByTable.get(row[0] ?? 0) ?? [];
    columnsByTable.set(row[0] ?? 0, rows);
    rows.push(row);
  }
  const ids = new Set(raw.tables.map(([id = 0]) => id));
  if (ids.size !== raw.tables.length) {
    throw msiError('invalid-data', 'Cannot read the database: its catalogue lists a table twice');
  }
  return [...ids].map((id) => {
    const name = strings.text(id) ?? '';
    return { name, columns: decodeColumns(name, columnsByTable.get(id) ?? [], strings) };
  });
}

function decodeColumns(table: string, rows: readonly RawRow[], strings: StringTable): MsiColumn[] {
  if (rows.length === 0 || rows.length > MAX_COLUMNS) {
    throw msiError('invalid-data', `Cannot read table "${table}": it has ${rows.length} columns, wanted 1 to 32`);
  }
  const sorted = rows.toSorted(compareRawKeys(2));
  return sorted.map(([, number = 0, nameId = 0, type = 0], index) => {
    if (unbias('int16', number) !== index + 1) {
      throw msiError('invalid-data', `Cannot read table "${table}": its column ${index + 1} is missing or there twice`);
    }
    return decodeColumnType(strings.text(nameId) ?? '', unbias('int16', type) & 0xffff);
  });
}
