/** A package without faults, and a way to break it. */
import { readFileSync } from 'node:fs';
import { bytesSource } from '../../installer/formats/byte-source.ts';
import type { MsiCell, MsiDatabase, MsiTable, SummaryInformation } from '../../installer/formats/msi/index.ts';
import { type Finding, validateDatabase } from '../../installer/validate/index.ts';
import { tableCatalogue } from '../../installer/wix/index.ts';
import { compileText, executable, mustCompile } from '../wix/support.ts';

const source = readFileSync(new URL('../fixtures/validate/base.wxs', import.meta.url), 'utf8');

/** The tables that the compiler makes of `fixtures/validate/base.wxs`. */
export const base: MsiDatabase = await compileBase();

async function compileBase(): Promise<MsiDatabase> {
  const files = {
    'relay.exe': executable([1, 2, 3, 4]),
    'relay example.yaml': 'mode: example\n',
    'relay.ico': new Uint8Array([0, 0, 1, 0]),
  };
  const { database } = mustCompile(await compileText(source, { files, architecture: 'x64' }));
  return { ...database, streams: new Map([['product.cab', bytesSource(new Uint8Array(1))]]) };
}

export type Cells = Readonly<Record<string, MsiCell>>;

/** A copy of a database that is changed row by row. Keys are written as in findings: parts joined with `/`. */
export class Edit {
  #tables: MsiTable[];
  #summary: SummaryInformation;

  constructor(database: MsiDatabase = base) {
    this.#tables = [...database.tables];
    this.#summary = database.summary;
  }

  /** Changes cells of the row with this key; fails when there is none, so that no test passes by a typing error. */
  set(table: string, key: string, cells: Cells): this {
    const { columns, rows } = this.#table(table);
    const index = rows.findIndex((row) => keyOf({ name: table, columns, rows }, row) === key);
    if (index < 0) throw new Error(`the base has no ${table} "${key}"`);
    const changed = columns.map(({ name }, column) =>
      name in cells ? (cells[name] ?? null) : (rows[index]?.[column] ?? null),
    );
    return this.#replace(table, rows.with(index, changed));
  }

  /** Adds a row; the table is made as the compiler would when it is not there. */
  add(table: string, cells: Cells): this {
    const { columns, rows } = this.#table(table);
    const unknown = Object.keys(cells).filter((name) => !columns.some((column) => column.name === name));
    if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
    return this.#replace(table, [...rows, columns.map(({ name }) => cells[name] ?? null)]);
  }

  remove(table: string, key?: string): this {
    const found = this.#table(table);
    const kept = found.rows.filter((row) => key !== undefined && keyOf(found, row) !== key);
    if (kept.length === found.rows.length) throw new Error(`the base has no ${table} "${key}"`);
    return this.#replace(table, kept);
  }

  /** Adds or replaces a whole table. */
  table(table: MsiTable): this {
    this.#tables = [...this.#tables.filter(({ name }) => name !== table.name), table];
    return this;
  }

  dropTable(name: string): this {
    this.#tables = this.#tables.filter((table) => table.name !== name);
    return this;
  }

  summary(changes: Partial<SummaryInformation>): this {
    this.#summary = { ...this.#summary, ...changes };
    return this;
  }

  get database(): MsiDatabase {
    return { ...base, tables: this.#tables, summary: this.#summary };
  }

  #table(name: string): MsiTable {
    const found = this.#tables.find((table) => table.name === name);
    if (found !== undefined) return found;
    const definition = tableCatalogue.get(name);
    if (definition === undefined) throw new Error(`the compiler knows no table ${name}`);
    const made = { name, columns: definition.columns, rows: [] };
    this.#tables = [...this.#tables, made];
    this.#describe(name);
    return made;
  }

  /** `_Validation` has rows for the tables of a database only, so a new table brings its own. */
  #describe(name: string): void {
    for (const { name: column, ...facts } of tableCatalogue.get(name)?.columns ?? []) {
      this.add('_Validation', {
        Table: name,
        Column: column,
        Nullable: facts.nullable ? 'Y' : 'N',
        MinValue: facts.min ?? null,
        MaxValue: facts.max ?? null,
        KeyTable: facts.keyTable ?? null,
        KeyColumn: facts.keyColumn ?? null,
        Category: facts.category ?? null,
        Set: facts.set ?? null,
      });
    }
  }

  #replace(name: string, rows: MsiTable['rows']): this {
    this.#tables = this.#tables.map((table) => (table.name === name ? { ...table, rows } : table));
    return this;
  }
}

function keyOf({ columns }: MsiTable, row: readonly MsiCell[]): string {
  return columns.flatMap(({ primaryKey }, index) => (primaryKey ? [String(row[index] ?? '')] : [])).join('/');
}

/** What one rule says. */
export function findingsOf(rule: string, database: MsiDatabase): Finding[] {
  return validateDatabase(database).filter((finding) => finding.rule === rule);
}

/** Findings in few words: `error File/relay.exe/Version`. */
export function places(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, table, row, column }) =>
    [`${severity} ${table}`, ...(row === undefined ? [] : [row]), ...(column === undefined ? [] : [column])].join(':'),
  );
}
