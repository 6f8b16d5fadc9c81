import type { ByteSource } from '../byte-source.ts';
import { sameBytes } from '../same-bytes.ts';
import type { MsiCell, MsiColumn, MsiDatabase, MsiRow, MsiTable, SummaryInformation } from './model.ts';

export interface ChangedValue<T> {
  readonly before: T;
  readonly after: T;
}

export type RowDiff =
  | { readonly kind: 'added' | 'removed'; readonly row: MsiRow }
  | { readonly kind: 'changed'; readonly key: MsiRow; readonly cells: readonly CellDiff[] };

export interface CellDiff extends ChangedValue<MsiCell> {
  readonly column: string;
}

/** A table that is only in one database has all its rows in `rows`; `columns` is there when the definitions differ. */
export interface TableDiff {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly columns?: ChangedValue<readonly MsiColumn[]>;
  readonly rows: readonly RowDiff[];
}

export interface StreamDiff {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
}

export interface DatabaseDiff {
  readonly codePage?: ChangedValue<number>;
  readonly summary: readonly (ChangedValue<string | number | Date | undefined> & { readonly property: string })[];
  /** By name. */
  readonly tables: readonly TableDiff[];
  /** By name. */
  readonly streams: readonly StreamDiff[];
}

/**
 * What `after` has otherwise than `before`: rows by their keys, cells by the names of their columns, binary data by
 * content. The order of tables, rows and streams does not count, nor does an empty string in place of null.
 */
export async function diffDatabases(before: MsiDatabase, after: MsiDatabase): Promise<DatabaseDiff> {
  const codePage = { before: before.codePage, after: after.codePage };
  return {
    ...(codePage.before === codePage.after ? {} : { codePage }),
    summary: diffSummaries(before.summary, after.summary),
    tables: await diffTables(before.tables, after.tables),
    streams: await diffStreams(before.streams, after.streams),
  };
}

export function isEmptyDiff({ codePage, summary, tables, streams }: DatabaseDiff): boolean {
  return codePage === undefined && summary.length + tables.length + streams.length === 0;
}

/** Text that is the same for equal keys of a table only. */
export function keyText(row: MsiRow, keyCount: number): string {
  return JSON.stringify(row.slice(0, keyCount));
}

export function keyCountOf(columns: readonly MsiColumn[]): number {
  return columns.filter(({ primaryKey }) => primaryKey).length;
}

function diffSummaries(before: SummaryInformation, after: SummaryInformation): DatabaseDiff['summary'] {
  const properties = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof SummaryInformation)[];
  return properties
    .map((property) => ({ property, before: before[property], after: after[property] }))
    .filter((change) => change.before?.valueOf() !== change.after?.valueOf());
}

async function diffTables(before: readonly MsiTable[], after: readonly MsiTable[]): Promise<TableDiff[]> {
  const [left, right] = [before, after].map((tables) => new Map(tables.map((table) => [table.name, table])));
  const diffs: TableDiff[] = [];
  for (const name of unionOfNames(left?.keys(), right?.keys())) {
    const [old, now] = [left?.get(name), right?.get(name)];
    if (old !== undefined && now !== undefined) diffs.push(...(await diffTable(old, now)));
    else if (old !== undefined) diffs.push({ name, kind: 'removed', rows: allRows(old, 'removed') });
    else if (now !== undefined) diffs.push({ name, kind: 'added', rows: allRows(now, 'added') });
  }
  return diffs;
}

async function diffTable(before: MsiTable, after: MsiTable): Promise<TableDiff[]> {
  const sameColumns = JSON.stringify(columnFacts(before)) === JSON.stringify(columnFacts(after));
  const rows = sameKeys(before, after)
    ? await diffRows(before, after)
    : [...allRows(before, 'removed'), ...allRows(after, 'added')];
  if (sameColumns && rows.length === 0) return [];
  const columns = sameColumns ? {} : { columns: { before: before.columns, after: after.columns } };
  return [{ name: before.name, kind: 'changed', ...columns, rows }];
}

/** Of the definitions, in one order. */
function columnFacts({ columns }: MsiTable): unknown {
  return columns.map((column) => [
    ...[column.name, column.kind, column.width],
    ...[column.nullable, column.primaryKey, column.localizable],
  ]);
}

function sameKeys(before: MsiTable, after: MsiTable): boolean {
  const [left, right] = [before, after].map(({ columns }) =>
    columns.filter(({ primaryKey }) => primaryKey).map(({ name, kind }) => [name, kind]),
  );
  return JSON.stringify(left) === JSON.stringify(right);
}

async function diffRows(before: MsiTable, after: MsiTable): Promise<RowDiff[]> {
  const keyCount = keyCountOf(before.columns);
  const [left, right] = [before, after].map(({ rows }) => new Map(rows.map((row) => [keyText(row, keyCount), row])));
  const diffs: RowDiff[] = [];
  for (const [key, row] of left ?? []) if (!right?.has(key)) diffs.push({ kind: 'removed', row });
  const columns = [...new Set([...before.columns, ...after.columns].map(({ name }) => name))];
  const places = columns.map((column) => ({
    column,
    left: before.columns.findIndex(({ name }) => name === column),
    right: after.columns.findIndex(({ name }) => name === column),
  }));
  for (const [key, row] of right ?? []) {
    const old = left?.get(key);
    if (old === undefined) diffs.push({ kind: 'added', row });
    else {
      const cells: CellDiff[] = [];
      for (const place of places) {
        const [was, is] = [plain(old[place.left]), plain(row[place.right])];
        if (!(await sameCell(was, is))) cells.push({ column: place.column, before: was, after: is });
      }
      if (cells.length > 0) diffs.push({ kind: 'changed', key: row.slice(0, keyCount), cells });
    }
  }
  return diffs;
}

async function sameCell(left: MsiCell, right: MsiCell): Promise<boolean> {
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return left === right;
  return sameBytes(left.binary, right.binary);
}

function plain(cell: MsiCell | undefined): MsiCell {
  return cell === undefined || cell === '' ? null : cell;
}

function allRows({ rows }: MsiTable, kind: 'added' | 'removed'): RowDiff[] {
  return rows.map((row) => ({ kind, row }));
}

async function diffStreams(
  before: ReadonlyMap<string, ByteSource>,
  after: ReadonlyMap<string, ByteSource>,
): Promise<StreamDiff[]> {
  const diffs: StreamDiff[] = [];
  for (const name of unionOfNames(before.keys(), after.keys())) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined || now === undefined) diffs.push({ name, kind: old === undefined ? 'added' : 'removed' });
    else if (!(await sameBytes(old, now))) diffs.push({ name, kind: 'changed' });
  }
  return diffs;
}

function unionOfNames(...sets: (Iterable<string> | undefined)[]): string[] {
  return [...new Set(sets.flatMap((names) => [...(names ?? [])]))].sort();
}
