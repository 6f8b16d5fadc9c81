/** What a database, or else our own catalogue, says about each column. */
import { tableCatalogue } from '../wix/index.ts';
import type { DatabaseView, Row } from './database-view.ts';

export interface ColumnSpec {
  readonly nullable: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Tables, any of which may hold the key. */
  readonly keyTables: readonly string[];
  /** From 1. */
  readonly keyColumn: number;
  /** In lower case, as writers differ; empty when there is none. */
  readonly category: string;
  readonly set: readonly string[];
}

/** By table, then by column. `_Validation` wins where the database has it: it knows tables of its own. */
export function columnSpecs(db: DatabaseView): ReadonlyMap<string, ReadonlyMap<string, ColumnSpec>> {
  const validation = db.rows('_Validation');
  if (validation.length === 0) return catalogueSpecs();
  const byTable = Map.groupBy(validation, (row) => row.text('Table'));
  return new Map(
    [...byTable].map(([table, rows]) => [table, new Map(rows.map((row) => [row.text('Column'), specOf(row)]))]),
  );
}

function specOf(row: Row): ColumnSpec {
  return {
    nullable: row.text('Nullable').toUpperCase() !== 'N',
    ...(row.isNull('MinValue') ? {} : { min: row.number('MinValue') }),
    ...(row.isNull('MaxValue') ? {} : { max: row.number('MaxValue') }),
    keyTables: list(row.text('KeyTable')),
    keyColumn: row.number('KeyColumn') || 1,
    category: row.text('Category').toLowerCase(),
    set: list(row.text('Set')),
  };
}

function catalogueSpecs(): ReadonlyMap<string, ReadonlyMap<string, ColumnSpec>> {
  return new Map(
    [...tableCatalogue.values()].map(({ name, columns }) => [
      name,
      new Map(
        columns.map(({ name: column, nullable, min, max, keyTable = '', keyColumn = 1, category = '', set = '' }) => [
          column,
          {
            nullable,
            ...(min === undefined ? {} : { min }),
            ...(max === undefined ? {} : { max }),
            keyTables: list(keyTable),
            keyColumn,
            category: category.toLowerCase(),
            set: list(set),
          },
        ]),
      ),
    ]),
  );
}

function list(text: string): readonly string[] {
  return text.split(';').filter((member) => member !== '');
}
