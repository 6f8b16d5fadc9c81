/** How `diff` and `transform show` print changes of rows: one line each, for a person. */
import type { CellDiff, MsiCell, MsiRow } from '../formats/msi/index.ts';

export function addedLine(row: MsiRow): string {
  return `  + ${row.map(cellText).join(' | ')}`;
}

export function removedLine(row: MsiRow): string {
  return `  - ${row.map(cellText).join(' | ')}`;
}

/** `before` is left out where it is not known. */
export function changedLine(key: MsiRow, cells: readonly (Omit<CellDiff, 'before'> & Partial<CellDiff>)[]): string {
  const changes = cells.map((cell) =>
    cell.before === undefined
      ? `${cell.column} = ${cellText(cell.after)}`
      : `${cell.column}: ${cellText(cell.before)} → ${cellText(cell.after)}`,
  );
  return `  ~ ${key.map(cellText).join(' | ')}: ${changes.join(', ')}`;
}

/** For JSON: binary data as their size. */
export function plainCell(cell: MsiCell): string | number | null | { sizeBytes: number } {
  return cell !== null && typeof cell === 'object' ? { sizeBytes: cell.binary.sizeBytes } : cell;
}

/** A row as an object; cells without a column of their own are left out. */
export function plainRow(row: MsiRow, columns: readonly { readonly name: string }[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name }, index) => [name, plainCell(row[index] ?? null)]));
}

function cellText(cell: MsiCell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'object') return `<${cell.binary.sizeBytes} bytes>`;
  // One row is one line, whatever the text holds; control characters stay out of the terminal.
  return typeof cell === 'number' ? String(cell) : JSON.stringify(cell);
}
