import { ToolError } from '../errors.ts';
import type { MsiDatabase, MsiRow } from '../formats/msi/index.ts';

const PROPERTY_NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/**
 * The database with other values of properties; `assignments` are `NAME=value`, where no value removes the property.
 * Throws `ToolError` for what is no assignment and for a property whose value the package hides from logs: a transform
 * would keep it where everybody can read it.
 */
export function setProperties(base: MsiDatabase, assignments: readonly string[]): MsiDatabase {
  const table = base.tables.find(({ name }) => name === 'Property');
  if (table === undefined) throw unusable('the MSI has no Property table', 'Take an MSI that installs a product.');
  const rows = new Map<string, MsiRow>(table.rows.map((row) => [String(row[0]), row]));
  const hidden = String(rows.get('MsiHiddenProperties')?.[1] ?? '').split(';');
  for (const assignment of assignments) {
    const end = assignment.indexOf('=');
    const [name, value] = [assignment.slice(0, end), assignment.slice(end + 1)];
    if (end < 0 || !PROPERTY_NAME.test(name)) {
      throw unusable(`found "${assignment}", wanted NAME=value`, 'Names have letters, digits, "_" and ".".');
    }
    if (hidden.includes(name)) {
      const cure = 'Give it to msiexec when the package is installed.';
      throw unusable(`"${name}" is hidden by the package, and a transform would store it readably`, cure);
    }
    if (value === '') rows.delete(name);
    else rows.set(name, [name, value]);
  }
  const changed = { ...table, rows: [...rows.values()] };
  return { ...base, tables: base.tables.map((other) => (other === table ? changed : other)) };
}

function unusable(found: string, cure: string): ToolError {
  return new ToolError('file-invalid', `Cannot set the property: ${found}`, { cure });
}
