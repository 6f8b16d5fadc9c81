import { checkRawCabinet } from './raw-cab.ts';
import { cellText, isString, type RawMsi, type RawTable } from './raw-msi.ts';

const NONCOMPRESSED = 0x2000;

interface FileRow {
  readonly key: string;
  readonly size: number;
  readonly sequence: number;
}

/** Embedded cabinets against the Media and File tables. */
export function checkPackage(msi: RawMsi): string[] {
  const violations: string[] = [];
  const files = rowsOf(msi, 'File')
    .filter((file) => (Number(file.Attributes ?? 0) & NONCOMPRESSED) === 0)
    .map((file) => ({ key: String(file.File), size: Number(file.FileSize), sequence: Number(file.Sequence) }))
    .sort((a, b) => a.sequence - b.sequence);
  const media = rowsOf(msi, 'Media').sort((a, b) => Number(a.DiskId) - Number(b.DiskId));
  // A disk without files says 0, wherever it stands.
  let first = 1;
  for (const row of media) {
    const last = Number(row.LastSequence);
    const own = files.filter(({ sequence }) => sequence >= first && sequence <= last);
    first = Math.max(first, last + 1);
    if (row.Cabinet !== null) violations.push(...checkMedia(msi, String(row.Cabinet), own));
  }
  const beyond = files.find(({ sequence }) => sequence >= first);
  if (beyond !== undefined) violations.push(`File: ${beyond.key} has a sequence above every LastSequence`);
  return violations;
}

function checkMedia(msi: RawMsi, cabinet: string, files: readonly FileRow[]): string[] {
  const name = cabinet.replace(/^#/, '');
  const bytes = msi.streams.get(name);
  if (!cabinet.startsWith('#')) return bytes === undefined ? [] : [`Media: cabinet ${name} is embedded but has no #`];
  if (bytes === undefined) return [`Media: cabinet #${name} has no stream`];
  const { members, violations } = checkRawCabinet(bytes, name);
  for (let index = 0; index < Math.max(members.length, files.length); index++) {
    const [member, file] = [members[index], files[index]];
    if (member?.name !== file?.key) {
      violations.push(`cabinet ${name}: member ${index + 1} is ${member?.name}, File has ${file?.key} there`);
    } else if (member?.size !== file?.size) {
      violations.push(`cabinet ${name}: ${member?.name} has ${member?.size} bytes, File says ${file?.size}`);
    }
  }
  return violations;
}

function rowsOf(msi: RawMsi, name: string): Record<string, string | number | null>[] {
  const table = msi.tables.find((candidate) => candidate.name === name);
  return table === undefined ? [] : table.rows.map((row) => decodeRow(msi, table, row));
}

function decodeRow(msi: RawMsi, table: RawTable, row: readonly number[]): Record<string, string | number | null> {
  const cells = table.columns.map((column, index) => {
    const value = row[index] ?? 0;
    if (value === 0) return [column.name, null];
    if (isString(column)) return [column.name, cellText(msi, value)];
    return [column.name, value - (column.size === 2 ? 0x8000 : 0x80000000)];
  });
  return Object.fromEntries(cells);
}
