/** `inspect`: what an MSI holds. Only arguments and presentation; the reading is `installer/formats/msi/`. */
import type { Command } from 'commander';
import { ToolError } from '../errors.ts';
import type { ByteSource } from '../formats/byte-source.ts';
import { decodeMsi, type MsiCell, type MsiContent, type MsiTable } from '../formats/msi/index.ts';
import { nearestName } from '../nearest-name.ts';
import { openInput } from '../tools/open-input.ts';
import { idtType } from '../wix/index.ts';

interface InspectFlags {
  readonly table?: string;
  readonly json: boolean;
}

export function registerInspect(program: Command): void {
  program
    .command('inspect')
    .description('show the summary information, tables and streams of an MSI, or the rows of one table')
    .argument('<msi>', 'the file to look at')
    .option('--table <name>', 'show the rows of this table')
    .option('--json', 'print JSON', false)
    .action((path: string, flags: InspectFlags) => runInspect(path, flags));
}

async function runInspect(path: string, flags: InspectFlags): Promise<void> {
  const content = await decodeMsi(await openInput(path));
  if (flags.table !== undefined) {
    const table = findTable(content, flags.table, path);
    console.log(flags.json ? toJson(rowObjects(table)) : tableText(table));
  } else console.log(flags.json ? toJson(overview(content)) : overviewText(content));
}

function findTable(content: MsiContent, name: string, path: string): MsiTable {
  const table = content.tables.find((candidate) => candidate.name === name);
  if (table !== undefined) return table;
  const names = content.tables.map((candidate) => candidate.name);
  const nearest = nearestName(name, names);
  throw new ToolError('file-invalid', `Cannot show table "${name}": "${path}" has no such table`, {
    cure: nearest === undefined ? `It has: ${names.join(', ')}.` : `Did you mean "${nearest}"?`,
  });
}

function overview({ codePage, summary, tables, streams }: MsiContent) {
  return {
    codePage,
    summary,
    tables: tables.map(({ name, columns, rows }) => ({
      name,
      columns: columns.map(describeColumn),
      rowCount: rows.length,
    })),
    streams: [...streams].map(([name, source]) => ({ name, sizeBytes: source.sizeBytes })),
  };
}

function describeColumn(column: MsiTable['columns'][number]) {
  return { name: column.name, type: idtType(column), key: column.primaryKey };
}

function rowObjects({ columns, rows }: MsiTable) {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, plainCell(row[index] ?? null)])));
}

function plainCell(cell: MsiCell): string | number | null | { sizeBytes: number } {
  return cell !== null && typeof cell === 'object' ? { sizeBytes: (cell.binary as ByteSource).sizeBytes } : cell;
}

function overviewText(content: MsiContent): string {
  const { codePage, summary, tables, streams } = overview(content);
  const facts = Object.entries(summary).map(([name, value]) => [
    name,
    value instanceof Date ? value.toISOString() : String(value),
  ]);
  return [
    'Summary information',
    ...aligned(facts),
    '',
    `Tables (code page ${codePage})`,
    ...aligned(tables.map(({ name, rowCount }) => [name, `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`])),
    '',
    'Streams',
    ...(streams.length === 0
      ? ['  none']
      : aligned(streams.map(({ name, sizeBytes }) => [name, `${sizeBytes} bytes`]))),
  ].join('\n');
}

function tableText(table: MsiTable): string {
  const heads = [
    table.columns.map(({ name, primaryKey }) => `${name}${primaryKey ? '*' : ''}`),
    table.columns.map((column) => idtType(column)),
  ];
  return aligned([...heads, ...table.rows.map((row) => row.map(cellText))], '').join('\n');
}

function cellText(cell: MsiCell): string {
  const plain = plainCell(cell);
  if (plain === null) return '';
  if (typeof plain === 'object') return `<${plain.sizeBytes} bytes>`;
  // One row is one line, whatever the text holds.
  return String(plain).replace(/[\r\n\t]+/g, ' ');
}

function aligned(rows: readonly (readonly string[])[], indent = '  '): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, text] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, text.length);
  return rows.map((row) => (indent + row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ')).trimEnd());
}

function toJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
