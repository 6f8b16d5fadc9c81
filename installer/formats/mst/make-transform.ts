import { NEUTRAL } from '../msi/code-page.ts';
import { type DatabaseDiff, diffDatabases, type RowDiff, type TableDiff } from '../msi/diff-databases.ts';
import type { MsiCell, MsiColumn, MsiDatabase, MsiRow, SummaryInformation } from '../msi/model.ts';
import { IGNORE, MASK_COLUMNS, mstError, VALIDATE } from './constants.ts';
import type { MsiTransform, RowChange, TableChange } from './model.ts';
import { identityOf, propertyOf } from './transform-conditions.ts';

export interface TransformOptions {
  /** Sum of `VALIDATE`; the UpgradeCode unless told otherwise, so that a transform fits later versions too. */
  readonly validation?: number;
  /** Sum of `IGNORE`; every mismatch of rows and tables unless told otherwise. */
  readonly ignored?: number;
  /** Named in the summary. */
  readonly application?: string;
}

const TOLERANT =
  IGNORE.addExistingRow |
  IGNORE.deleteMissingRow |
  IGNORE.addExistingTable |
  IGNORE.deleteMissingTable |
  IGNORE.updateMissingRow;
const READ_ONLY_ENFORCED = 4;

/**
 * The transform that turns `base` into `changed`: tables, rows and code page. The summary information of a package is not
 * part of a transform. Throws `FormatError` (`invalid-input`) for what a transform cannot say: changed definitions of
 * columns, changed streams that belong to no cell, such as cabinets, and a change to code page 0.
 */
export async function makeTransform(
  base: MsiDatabase,
  changed: MsiDatabase,
  options: TransformOptions = {},
): Promise<MsiTransform> {
  const diff = await diffDatabases(base, changed);
  checkDiff(diff);
  const before = new Map(base.tables.map((table) => [table.name, table.columns]));
  const after = new Map(changed.tables.map((table) => [table.name, table.columns]));
  const tables = diff.tables.map((table) => tableChange(table, after.get(table.name) ?? before.get(table.name) ?? []));
  const changesPage = diff.codePage === undefined ? 0 : IGNORE.changeCodePage;
  return {
    codePage: diff.codePage?.after ?? poolCodePage(tables, base.codePage),
    summary: transformSummary(base, changed, { ...options, ignored: (options.ignored ?? TOLERANT) | changesPage }),
    tables,
  };
}

function checkDiff({ codePage, tables, streams }: DatabaseDiff): void {
  const fail = (what: string) => mstError('invalid-input', `Cannot make the transform: ${what}`);
  if (codePage?.after === NEUTRAL) throw fail(`the code page changes from ${codePage.before} to 0, wanted another`);
  for (const { name, columns } of tables) {
    if (columns !== undefined) throw fail(`the columns of table "${name}" differ, wanted the same`);
  }
  const [stream] = streams;
  if (stream !== undefined) {
    const wanted = 'a transform changes tables only; a package with other files is an upgrade';
    throw fail(`stream "${stream.name}" is ${stream.kind}, but ${wanted}`);
  }
}

/** Neutral text fits databases of any page; other text has to name its own. */
function poolCodePage(tables: readonly TableChange[], codePage: number): number {
  const cells = tables.flatMap(({ rows }) => rows.flatMap(cellsOf));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII as such
  return cells.every((cell) => typeof cell !== 'string' || /^[\x00-\x7f]*$/.test(cell)) ? NEUTRAL : codePage;
}

function cellsOf(change: RowChange): readonly MsiCell[] {
  if (change.kind === 'insert') return change.row;
  return change.kind === 'delete' ? change.key : [...change.key, ...change.cells.values()];
}

function tableChange({ name, kind, rows }: TableDiff, columns: readonly MsiColumn[]): TableChange {
  if (kind === 'removed') return { name, kind, addedColumns: [], rows: [] };
  const addedColumns = kind === 'added' ? columns : [];
  return { name, kind, addedColumns, rows: rows.flatMap((row) => rowChanges(row, columns)) };
}

function rowChanges(diff: RowDiff, columns: readonly MsiColumn[]): RowChange[] {
  const keyCount = columns.filter(({ primaryKey }) => primaryKey).length;
  switch (diff.kind) {
    case 'added':
      return [{ kind: 'insert', row: diff.row }];
    case 'removed':
      return [{ kind: 'delete', key: diff.row.slice(0, keyCount) }];
    case 'changed': {
      const position = (column: string) => columns.findIndex(({ name }) => name === column);
      const cells = new Map(diff.cells.map(({ column, after }) => [position(column), after]));
      checkMask(cells, diff.key);
      return [{ kind: 'update', key: diff.key, cells }];
    }
    default:
      return diff satisfies never;
  }
}

function checkMask(cells: ReadonlyMap<number, unknown>, key: MsiRow): void {
  const last = Math.max(...cells.keys());
  if (last < MASK_COLUMNS) return;
  const found = `column ${last + 1} of row ${JSON.stringify(key)} changes`;
  throw mstError('invalid-input', `Cannot make the transform: ${found}, only the first ${MASK_COLUMNS} can`);
}

function transformSummary(
  base: MsiDatabase,
  changed: MsiDatabase,
  { validation = VALIDATE.upgradeCode, ignored = TOLERANT, application }: TransformOptions,
): SummaryInformation {
  const [before, after] = [identityOf(base), identityOf(changed)];
  const upgradeCode = propertyOf(base, 'UpgradeCode');
  // A database without an UpgradeCode has none to be compared.
  const checked = upgradeCode === '' ? validation & ~VALIDATE.upgradeCode : validation;
  return {
    codePage: base.summary.codePage,
    title: 'Transform',
    template: base.summary.template ?? '',
    lastSavedBy: changed.summary.template ?? '',
    revisionNumber: [before.productCode + before.version, after.productCode + after.version, upgradeCode].join(';'),
    pageCount: Math.max(base.summary.pageCount ?? 0, changed.summary.pageCount ?? 0),
    characterCount: (checked << 16) | ignored,
    security: READ_ONLY_ENFORCED,
    ...(application === undefined ? {} : { creatingApplication: application }),
  };
}
