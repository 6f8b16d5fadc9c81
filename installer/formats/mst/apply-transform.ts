import { NEUTRAL } from '../msi/code-page.ts';
import { keyCountOf, keyText } from '../msi/diff-databases.ts';
import type { MsiCell, MsiDatabase, MsiRow, MsiTable } from '../msi/model.ts';
import { IGNORE, mstError } from './constants.ts';
import type { MsiTransform, RowChange, TableChange } from './model.ts';
import { readConditions } from './transform-conditions.ts';

/**
 * `base` as the transform changes it. Summary information and streams stay as they are, as with Windows. What does not fit
 * (a row to insert that is there, one to change that is not) is passed over where the transform says so: then a row that
 * is there takes the new cells. Otherwise throws `FormatError` (`invalid-input`). Does not check the transform's
 * conditions: see `failedConditions`.
 */
export function applyTransform(base: MsiDatabase, transform: MsiTransform): MsiDatabase {
  const { ignored } = readConditions(transform.summary);
  const tables = new Map(base.tables.map((table) => [table.name, table]));
  for (const change of transform.tables) applyTable(tables, change, ignored);
  return { ...base, codePage: resultingPage(base.codePage, transform.codePage, ignored), tables: [...tables.values()] };
}

function resultingPage(before: number, changed: number, ignored: number): number {
  if (changed === NEUTRAL || changed === before) return before;
  if (before === NEUTRAL || (ignored & IGNORE.changeCodePage) !== 0) return changed;
  throw mstError(
    'invalid-input',
    `Cannot apply the transform: its code page is ${changed}, that of the database ${before}`,
  );
}

function applyTable(tables: Map<string, MsiTable>, change: TableChange, ignored: number): void {
  const { name, kind } = change;
  const present = tables.get(name);
  if (kind === 'removed') {
    if (present === undefined && (ignored & IGNORE.deleteMissingTable) === 0) throw mismatch(name, 'it is not there');
    tables.delete(name);
    return;
  }
  if (present === undefined) {
    if (kind === 'changed') throw mismatch(name, 'it is not there');
    tables.set(name, changeRows({ name, columns: change.addedColumns, rows: [] }, change.rows, ignored));
    return;
  }
  if (kind === 'added' && (ignored & IGNORE.addExistingTable) === 0) throw mismatch(name, 'it is there already');
  tables.set(name, changeRows(kind === 'added' ? present : withColumns(present, change), change.rows, ignored));
}

function withColumns(table: MsiTable, { addedColumns }: TableChange): MsiTable {
  if (addedColumns.length === 0) return table;
  const empty = addedColumns.map(() => null);
  return { ...table, columns: [...table.columns, ...addedColumns], rows: table.rows.map((row) => [...row, ...empty]) };
}

function changeRows(table: MsiTable, changes: readonly RowChange[], ignored: number): MsiTable {
  const keyCount = keyCountOf(table.columns);
  const rows = new Map(table.rows.map((row) => [keyText(row, keyCount), row]));
  const passes = (flag: number, found: string, key: MsiRow) => {
    if ((ignored & flag) === 0) throw mismatch(table.name, `row ${JSON.stringify(key)} ${found}`);
  };
  for (const change of changes) {
    const key = change.kind === 'insert' ? change.row.slice(0, keyCount) : change.key;
    const text = keyText(key, keyCount);
    const present = rows.get(text);
    switch (change.kind) {
      case 'insert':
        if (change.row.length !== table.columns.length) throw mismatch(table.name, 'its columns are others');
        if (present !== undefined) passes(IGNORE.addExistingRow, 'is there already', key);
        rows.set(text, change.row);
        break;
      case 'delete':
        if (present === undefined) passes(IGNORE.deleteMissingRow, 'is not there', key);
        rows.delete(text);
        break;
      case 'update':
        if (present === undefined) passes(IGNORE.updateMissingRow, 'is not there', key);
        else rows.set(text, changeCells(present, change.cells));
        break;
      default:
        change satisfies never;
    }
  }
  return { ...table, rows: [...rows.values()] };
}

function changeCells(row: MsiRow, cells: ReadonlyMap<number, MsiCell>): MsiRow {
  return row.map((cell, position) => cells.get(position) ?? (cells.has(position) ? null : cell));
}

function mismatch(table: string, found: string): Error {
  const cure = 'the transform was made for another database';
  return mstError('invalid-input', `Cannot apply the changes of table "${table}": ${found}; ${cure}`);
}
