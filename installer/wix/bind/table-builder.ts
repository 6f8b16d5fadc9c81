/** Collects rows and judges every cell by its column's definition. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import type { MsiCell, MsiRow, MsiTable } from '../../formats/msi/model.ts';
import * as problem from '../diagnostics.ts';
import { alwaysPresentTables, tableCatalogue } from '../tables/table-catalogue.ts';
import type { ColumnDefinition, TableDefinition } from '../tables/table-definition.ts';
import { validationRows } from '../tables/validation-rows.ts';

export class TableBuilder {
  readonly #definitions: Map<string, TableDefinition>;
  readonly #rows = new Map<string, Map<string, MsiRow>>();
  readonly #report: (diagnostic: Diagnostic) => void;

  constructor(report: (diagnostic: Diagnostic) => void, replaced: readonly TableDefinition[] = []) {
    this.#report = report;
    this.#definitions = new Map(tableCatalogue);
    for (const definition of replaced) this.#definitions.set(definition.name, definition);
    for (const name of alwaysPresentTables) this.ensure(name);
  }

  /** Makes the table exist even without rows. False when nothing is known of it. */
  ensure(table: string): boolean {
    if (!this.#definitions.has(table)) return false;
    if (!this.#rows.has(table)) this.#rows.set(table, new Map());
    return true;
  }

  /** Tables with rows so far. */
  get filled(): ReadonlySet<string> {
    return new Set([...this.#rows].filter(([, rows]) => rows.size > 0).map(([name]) => name));
  }

  has(table: string, key: string): boolean {
    return this.#rows.get(table)?.has(key) ?? false;
  }

  /** Adds a row; cells that are not given are null. An equal row is added once, a different one with its key is an error. */
  add(table: string, cells: Readonly<Record<string, MsiCell>>, span: SourceSpan): void {
    const definition = this.#definitions.get(table);
    if (definition === undefined) throw new Error(`No definition of table ${table}`);
    this.ensure(table);
    const row = definition.columns.map((column) => normalize(cells[column.name]));
    for (const [index, column] of definition.columns.entries()) {
      this.#check(row[index] ?? null, column, { table, key: String(row[0]), span });
    }
    const rows = this.#rows.get(table);
    const key = row
      .slice(0, definition.columns.filter(({ primaryKey }) => primaryKey).length)
      .map(String)
      .join('/');
    const present = rows?.get(key);
    if (present === undefined) rows?.set(key, row);
    else if (!present.every((cell, index) => cell === row[index])) this.#report(problem.duplicateRow(span, table, key));
  }

  /** All tables by name, with `_Validation` filled in for them. */
  build(): readonly MsiTable[] {
    const names = [...this.#rows.keys()].sort();
    const definitions = names.flatMap((name) => this.#definitions.get(name) ?? []);
    return definitions.map(({ name, columns }) => ({
      name,
      columns: columns.map(({ name: column, kind, width, nullable, primaryKey, localizable }) => ({
        name: column,
        kind,
        width,
        nullable,
        primaryKey,
        localizable,
      })),
      rows: name === '_Validation' ? validationRows(definitions) : [...(this.#rows.get(name)?.values() ?? [])],
    }));
  }

  #check(
    cell: MsiCell,
    column: ColumnDefinition,
    at: { readonly table: string; readonly key: string; readonly span: SourceSpan },
  ): void {
    const subject = `${at.table}.${column.name} of "${at.key}"`;
    if (cell === null) {
      if (!column.nullable) this.#report(problem.valueMissing(at.span, subject));
    } else if (typeof cell === 'number') {
      const largest = column.kind === 'int16' ? 0x7fff : 0x7fffffff;
      const [min, max] = [Math.max(column.min ?? -largest, -largest), Math.min(column.max ?? largest, largest)];
      if (cell < min || cell > max) this.#report(problem.valueOutOfRange(at.span, subject, { value: cell, min, max }));
    } else if (typeof cell === 'string' && column.width > 0 && cell.length > column.width) {
      this.#report(problem.valueTooLong(at.span, subject, { length: cell.length, width: column.width }));
    }
  }
}

function normalize(cell: MsiCell | undefined): MsiCell {
  return cell === undefined || cell === '' ? null : cell;
}
