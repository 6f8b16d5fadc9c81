/** `diff`: what two MSIs differ in. Only arguments and presentation; the comparison is `installer/formats/msi/`. */
import type { Command } from 'commander';
import {
  type DatabaseDiff,
  decodeMsi,
  diffDatabases,
  isEmptyDiff,
  type MsiDatabase,
  type RowDiff,
  type TableDiff,
} from '../formats/msi/index.ts';
import { openInput } from '../tools/open-input.ts';
import { idtType } from '../wix/index.ts';
import { addedLine, changedLine, plainCell, plainRow, removedLine } from './change-lines.ts';

export function registerDiff(program: Command): void {
  program
    .command('diff')
    .description('show what two MSIs differ in: summary, tables by their keys, streams; ends with 1 when they do')
    .argument('<before>', 'the first MSI')
    .argument('<after>', 'the second one')
    .option('--json', 'print JSON', false)
    .action(async (before: string, after: string, { json }: { json: boolean }) => {
      const [left, right] = [await decodeMsi(await openInput(before)), await decodeMsi(await openInput(after))];
      const diff = await diffDatabases(left, right);
      if (json) console.log(JSON.stringify(diffObject(diff, left, right), undefined, 2));
      else if (isEmptyDiff(diff)) console.log('No differences.');
      else console.log(diffText(diff));
      if (!isEmptyDiff(diff)) process.exitCode = 1;
    });
}

function diffText({ codePage, summary, tables, streams }: DatabaseDiff): string {
  const lines: string[] = [];
  if (codePage !== undefined) lines.push(`Code page: ${codePage.before} → ${codePage.after}`, '');
  if (summary.length > 0) {
    const changes = summary.map(({ property, before, after }) => `  ~ ${property}: ${show(before)} → ${show(after)}`);
    lines.push('Summary information', ...changes, '');
  }
  for (const table of tables) lines.push(...tableLines(table), '');
  if (streams.length > 0) {
    const signs = { added: '+', removed: '-', changed: '~' };
    lines.push('Streams', ...streams.map(({ name, kind }) => `  ${signs[kind]} ${name}`));
  }
  return lines.join('\n').trimEnd();
}

function tableLines({ name, kind, columns, rows }: TableDiff): string[] {
  const title = kind === 'changed' ? `Table ${name}` : `Table ${name}, ${kind}`;
  const types =
    columns === undefined ? [] : [columns.before, columns.after].map((list) => list.map(columnText).join(', '));
  return [title, ...(columns === undefined ? [] : [`  ~ columns: ${types.join(' → ')}`]), ...rows.map(rowLine)];
}

const columnText = (column: Parameters<typeof idtType>[0] & { readonly name: string }) =>
  `${column.name} ${idtType(column)}`;

function rowLine(row: RowDiff): string {
  if (row.kind === 'changed') return changedLine(row.key, row.cells);
  return row.kind === 'added' ? addedLine(row.row) : removedLine(row.row);
}

function show(value: string | number | Date | undefined): string {
  return value instanceof Date ? value.toISOString() : (JSON.stringify(value) ?? 'none');
}

function diffObject(diff: DatabaseDiff, before: MsiDatabase, after: MsiDatabase): unknown {
  const columnsOf = (database: MsiDatabase, name: string) =>
    database.tables.find((table) => table.name === name)?.columns ?? [];
  return {
    ...diff,
    tables: diff.tables.map(({ rows, ...table }) => ({
      ...table,
      rows: rows.map((row) =>
        row.kind === 'changed'
          ? {
              ...row,
              key: row.key.map(plainCell),
              cells: row.cells.map((cell) => ({
                ...cell,
                before: plainCell(cell.before),
                after: plainCell(cell.after),
              })),
            }
          : { ...row, row: plainRow(row.row, columnsOf(row.kind === 'added' ? after : before, table.name)) },
      ),
    })),
  };
}
