import { cellText, isKey, isString, type RawMsi, type RawTable } from './raw-msi.ts';

/** Rules of the tables and the string pool that Windows enforces and readers on Linux do not. */
export function checkTables(msi: RawMsi): string[] {
  return [
    ...msi.tables.flatMap((table) => [...checkSchema(table), ...checkOrder(table), ...checkCells(table, msi)]),
    ...checkStrings(msi),
    ...checkReferences(msi),
  ];
}

function checkSchema({ name, columns }: RawTable): string[] {
  const violations: string[] = [];
  const keyCount = columns.filter(isKey).length;
  if (columns.length === 0 || columns.length > 32) violations.push(`${name}: has ${columns.length} columns`);
  if (keyCount === 0 || columns.slice(0, keyCount).some((column) => !isKey(column))) {
    violations.push(`${name}: key columns are not first`);
  }
  for (const { name: column, type } of columns) {
    if ((type & 0x4000) !== 0 || (name[0] !== '_' && (type & 0x0100) === 0)) {
      violations.push(`${name}.${column}: type word is 0x${type.toString(16)}`);
    }
  }
  return violations;
}

function checkOrder({ name, columns, rows }: RawTable): string[] {
  const keyCount = columns.filter(isKey).length;
  const violations: string[] = [];
  rows.forEach((row, index) => {
    const previous = rows[index - 1];
    if (previous === undefined) return;
    const at = row.slice(0, keyCount).findIndex((value, column) => value !== previous[column]);
    if (at < 0) violations.push(`${name}: row ${index + 1} has the key of the row before`);
    else if ((row[at] ?? 0) < (previous[at] ?? 0)) violations.push(`${name}: row ${index + 1} is out of order`);
  });
  return violations;
}

function checkCells(table: RawTable, msi: RawMsi): string[] {
  const violations: string[] = [];
  table.rows.forEach((row, index) => {
    table.columns.forEach((column, position) => {
      const where = `${table.name}: row ${index + 1}, ${column.name}`;
      const value = row[position] ?? 0;
      if (value === 0 && (column.type & 0x1000) === 0) violations.push(`${where}: null is not allowed`);
      if (isString(column) && value >= msi.strings.length) violations.push(`${where}: no string ${value}`);
      if ((column.type & 0x0c00) === 0x0800 && value !== 0) {
        if (value !== 1) violations.push(`${where}: binary cell is ${value}`);
        const name = streamName(table, row, msi);
        if (!msi.streams.has(name)) violations.push(`${where}: stream ${name} is missing`);
      }
    });
  });
  return violations;
}

function streamName(table: RawTable, row: readonly number[], msi: RawMsi): string {
  const keys = table.columns.filter(isKey).map((column, position) => {
    const value = row[position] ?? 0;
    if (isString(column)) return cellText(msi, value);
    return String(column.size === 2 ? value - 0x8000 : value - 0x80000000);
  });
  return [table.name, ...keys].join('.');
}

function checkStrings({ strings, codePage }: RawMsi): string[] {
  const violations: string[] = [];
  const seen = new Map<string, number>();
  const isAnsi = codePage === 874 || (codePage >= 1250 && codePage <= 1258) || [932, 936, 949, 950].includes(codePage);
  if (!isAnsi && codePage !== 0 && codePage !== 65001) violations.push(`_StringPool: code page ${codePage}`);
  strings.forEach(({ bytes }, id) => {
    if (bytes.byteLength === 0) return;
    const text = Buffer.from(bytes).toString('latin1');
    const twin = seen.get(text);
    if (twin !== undefined) violations.push(`_StringPool: strings ${twin} and ${id} are equal`);
    seen.set(text, id);
    if (codePage === 0 && bytes.some((byte) => byte > 0x7f)) {
      violations.push(`_StringPool: string ${id} is not ASCII, but the code page is 0`);
    }
  });
  return violations;
}

/** One count for every cell that names the string, the catalogue's own cells included. */
function checkReferences({ strings, tables }: RawMsi): string[] {
  const counts = new Array<number>(strings.length).fill(0);
  for (const { columns, rows } of tables) {
    columns.forEach((column, position) => {
      if (!isString(column)) return;
      for (const row of rows) {
        const id = row[position] ?? 0;
        if (id < counts.length) counts[id] = (counts[id] ?? 0) + 1;
      }
    });
  }
  return strings.flatMap(({ references }, id) => {
    const wanted = Math.min(0xffff, counts[id] ?? 0);
    if (id === 0 || references === wanted) return [];
    return [`_StringPool: string ${id} counts ${references} references, ${wanted} exist`];
  });
}
