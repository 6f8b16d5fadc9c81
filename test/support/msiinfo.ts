/** Tables as msitools' `msiinfo export` prints them, and our reading of the same in the same form. */
import { expect } from 'vitest';
import type { MsiColumn, MsiContent, MsiTable } from '../../installer/formats/msi/index.ts';
import { runTool } from '../formats/support.ts';

const CATALOG = ['_SummaryInformation', '_ForceCodepage', '_Tables', '_Columns', '_Streams', '_Storages'];

/** Fails unless msiinfo finds the same tables with the same columns and rows in the file. `folder` is where it runs. */
export function expectLikeMsiinfo(path: string, content: MsiContent, folder: string): void {
  const listed = runTool('msiinfo', ['tables', path], folder).toString().trim().split('\n');
  expect(listed.filter((name) => !CATALOG.includes(name)).sort()).toEqual(
    content.tables.map(({ name }) => name).sort(),
  );
  for (const item of content.tables) expect(exportedTable(path, item.name, folder)).toEqual(printedTable(item));
}

/** The table as `msiinfo export` prints it: names, types, keys, then the rows sorted. */
export function exportedTable(path: string, name: string, folder: string): string[] {
  const lines = runTool('msiinfo', ['export', path, name], folder).toString().split('\r\n');
  return [
    ...lines.slice(0, 3),
    ...lines
      .slice(3)
      .filter((line) => line !== '')
      .sort(),
  ];
}

function printedTable({ name, columns, rows }: MsiTable): string[] {
  const keys = columns.filter(({ primaryKey }) => primaryKey).map((key) => key.name);
  const control = (text: string) => text.replace(/\t/g, '\x10').replace(/\r/g, '\x11').replace(/\n/g, '\x19');
  const lines = rows.map((row) =>
    row
      .map((cell) => {
        if (cell === null) return '';
        if (typeof cell === 'object') return [name, ...row.slice(0, keys.length)].join('.');
        return typeof cell === 'string' ? control(cell) : String(cell);
      })
      .join('\t'),
  );
  return [
    columns.map((definition) => definition.name).join('\t'),
    columns.map(printedType).join('\t'),
    [name, ...keys].join('\t'),
    ...lines.sort(),
  ];
}

function printedType({ kind, width, nullable, localizable }: MsiColumn): string {
  const letters = { string: localizable ? 'l' : 's', int16: 'i', int32: 'i', binary: 'v' };
  const size = { string: width, int16: 2, int32: 4, binary: 0 }[kind];
  return `${nullable ? letters[kind].toUpperCase() : letters[kind]}${size}`;
}
