/**
 * What rules see of a database: rows whose cells are asked for by column name, tables that need not exist, and indexes
 * that are built once. Knows the shape of tables only; what rows mean is `components.ts`, `directories.ts` and the like.
 */
import type { MsiCell, MsiColumn, MsiDatabase, MsiTable, SummaryInformation } from '../formats/msi/index.ts';
import type { Place } from './finding.ts';

/** A row of a table. A column that the table does not have is null. */
export class Row {
  readonly table: TableView;
  readonly cells: readonly MsiCell[];

  constructor(table: TableView, cells: readonly MsiCell[]) {
    this.table = table;
    this.cells = cells;
  }

  cell(column: string): MsiCell {
    const index = this.table.columnIndex(column);
    return index === undefined ? null : (this.cells[index] ?? null);
  }

  /** The text of a string column, empty when null; the digits of an integer column. */
  text(column: string): string {
    const cell = this.cell(column);
    return cell === null || typeof cell === 'object' ? '' : String(cell);
  }

  /** The number of an integer column, 0 when null. */
  number(column: string): number {
    const cell = this.cell(column);
    return typeof cell === 'number' ? cell : 0;
  }

  isNull(column: string): boolean {
    return this.cell(column) === null;
  }

  /** Primary key, its parts joined with `/`. */
  get key(): string {
    return this.table.keyColumns.map(({ name }) => this.text(name)).join('/');
  }

  at(column?: string): Place {
    return { table: this.table.name, row: this.key, ...(column === undefined ? {} : { column }) };
  }
}

export class TableView {
  readonly name: string;
  readonly columns: readonly MsiColumn[];
  readonly keyColumns: readonly MsiColumn[];
  readonly rows: readonly Row[];
  readonly #columnIndexes: ReadonlyMap<string, number>;
  readonly #indexes = new Map<string, ReadonlyMap<string, readonly Row[]>>();

  constructor({ name, columns, rows }: MsiTable) {
    this.name = name;
    this.columns = columns;
    this.keyColumns = columns.filter(({ primaryKey }) => primaryKey);
    this.#columnIndexes = new Map(columns.map((column, index) => [column.name, index]));
    this.rows = rows.map((cells) => new Row(this, cells));
  }

  columnIndex(column: string): number | undefined {
    return this.#columnIndexes.get(column);
  }

  /** Rows by the text of one column; built at the first call. */
  by(column: string): ReadonlyMap<string, readonly Row[]> {
    const found = this.#indexes.get(column);
    if (found !== undefined) return found;
    const index = Map.groupBy(this.rows, (row) => row.text(column));
    this.#indexes.set(column, index);
    return index;
  }
}

export class DatabaseView {
  readonly summary: SummaryInformation;
  readonly tables: readonly TableView[];
  /** Names of streams that belong to no cell, such as embedded cabinets. */
  readonly streamNames: readonly string[];
  readonly #byName: ReadonlyMap<string, TableView>;
  readonly #derived = new Map<unknown, unknown>();

  constructor(database: MsiDatabase) {
    this.summary = database.summary;
    this.tables = database.tables.map((table) => new TableView(table));
    this.streamNames = [...database.streams.keys()];
    this.#byName = new Map(this.tables.map((table) => [table.name, table]));
  }

  table(name: string): TableView | undefined {
    return this.#byName.get(name);
  }

  /** Rows of a table; none when there is no such table. */
  rows(name: string): readonly Row[] {
    return this.table(name)?.rows ?? [];
  }

  /** Rows whose `column` holds `value`. */
  where(name: string, column: string, value: string): readonly Row[] {
    return this.table(name)?.by(column).get(value) ?? [];
  }

  /** The row of a table with a single key column whose key is `key`. */
  find(name: string, key: string): Row | undefined {
    const column = this.table(name)?.keyColumns[0];
    return column === undefined ? undefined : this.where(name, column.name, key)[0];
  }

  /** Value of a property in the Property table. */
  property(name: string): string | undefined {
    const row = this.find('Property', name);
    return row === undefined ? undefined : row.text('Value');
  }

  /** Members of a property that is a list separated by `;`. */
  propertyList(name: string): readonly string[] {
    return (this.property(name) ?? '').split(';').filter((member) => member !== '');
  }

  /** What `derive` makes of this database, made once however many rules ask. */
  derived<T>(derive: (db: DatabaseView) => T): T {
    if (!this.#derived.has(derive)) this.#derived.set(derive, derive(this));
    return this.#derived.get(derive) as T;
  }
}
