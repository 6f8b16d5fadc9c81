/** What `transform show` prints. */
import type { MsiColumn } from '../formats/msi/index.ts';
import {
  type DecodedTransform,
  type RowChange,
  readConditions,
  type TableChange,
  VALIDATE,
} from '../formats/mst/index.ts';
import { addedLine, changedLine, plainCell, plainRow, removedLine } from './change-lines.ts';

type ColumnsOf = (table: string) => readonly MsiColumn[];

export function transformText(transform: DecodedTransform, columnsOf: ColumnsOf): string {
  const { validation, before, after, upgradeCode } = readConditions(transform.summary);
  const checked = conditionNames(validation);
  return [
    `For product   ${before.productCode || 'any'} ${before.version}`.trimEnd(),
    `Makes it      ${after.productCode || 'any'} ${after.version}`.trimEnd(),
    `UpgradeCode   ${upgradeCode || 'none'}`,
    `Conditions    ${checked.length === 0 ? 'none: it fits any package' : checked.join(', ')}`,
    ...transform.tables.flatMap((table) => ['', ...tableLines(table, columnsOf)]),
    ...transform.opaqueTables.flatMap(({ name, sizeBytes }) => [
      '',
      `Table ${name}: ${sizeBytes} bytes of changes; its columns are not known, give the MSI with --base`,
    ]),
    ...[...transform.streams.keys()].map((name) => `\nStream ${name}: belongs to no table, Windows does not apply it`),
  ].join('\n');
}

export function transformObject(transform: DecodedTransform, columnsOf: ColumnsOf): unknown {
  return {
    codePage: transform.codePage,
    summary: transform.summary,
    conditions: conditionNames(readConditions(transform.summary).validation),
    tables: transform.tables.map((table) => {
      const columns = columnsAfter(table, columnsOf);
      return { ...table, rows: table.rows.map((row) => rowObject(row, columns)) };
    }),
    opaqueTables: transform.opaqueTables,
    streams: [...transform.streams].map(([name, { sizeBytes }]) => ({ name, sizeBytes })),
  };
}

function tableLines(table: TableChange, columnsOf: ColumnsOf): string[] {
  const columns = columnsAfter(table, columnsOf);
  const added = table.addedColumns.map(({ name }) => name).join(', ');
  return [
    table.kind === 'changed' ? `Table ${table.name}` : `Table ${table.name}, ${table.kind}`,
    ...(table.kind === 'changed' && added !== '' ? [`  + columns ${added}`] : []),
    ...table.rows.map((change) => rowLine(change, columns)),
  ];
}

function rowLine(change: RowChange, columns: readonly MsiColumn[]): string {
  if (change.kind === 'insert') return addedLine(change.row);
  if (change.kind === 'delete') return removedLine(change.key);
  const cells = [...change.cells].map(([position, after]) => ({ column: columns[position]?.name ?? '?', after }));
  return changedLine(change.key, cells);
}

function rowObject(change: RowChange, columns: readonly MsiColumn[]): unknown {
  if (change.kind === 'insert') return { kind: change.kind, row: plainRow(change.row, columns) };
  const key = change.key.map(plainCell);
  if (change.kind === 'delete') return { kind: change.kind, key };
  const cells = [...change.cells].map(([position, cell]) => [columns[position]?.name ?? '?', plainCell(cell)]);
  return { kind: change.kind, key, cells: Object.fromEntries(cells) };
}

function columnsAfter({ name, kind, addedColumns }: TableChange, columnsOf: ColumnsOf): readonly MsiColumn[] {
  return kind === 'added' ? addedColumns : [...columnsOf(name), ...addedColumns];
}

function conditionNames(validation: number): string[] {
  return Object.entries(VALIDATE).flatMap(([name, flag]) => ((validation & flag) === 0 ? [] : [name]));
}
