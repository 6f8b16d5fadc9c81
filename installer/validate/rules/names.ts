/** ICE46, ICE99: names that differ from others by case only, or mean something to Windows Installer. */
import { standardDirectories, tableCatalogue } from '../../wix/index.ts';
import { referencesIn } from '../condition/expression.ts';
import { storedConditions } from '../conditions.ts';
import type { DatabaseView } from '../database-view.ts';
import { type Place, quoted } from '../finding.ts';
import { propertiesIn } from '../formatted-text.ts';
import { standardProperties } from '../property-names.ts';
import type { Rule } from '../rule.ts';

export const ice46: Rule = {
  id: 'ICE46',
  title: 'Names of properties do not differ by case only',
  severity: 'warning',
  reason: 'Names of properties are case-sensitive: the other spelling is another property, and empty.',
  *check(db) {
    const defined = definedProperties(db);
    const spellings = Map.groupBy(defined, (name) => name.toLowerCase());
    for (const { name, at } of usedProperties(db)) {
      const other = defined.has(name) ? undefined : spellings.get(name.toLowerCase())?.[0];
      if (other === undefined) continue;
      yield { at, found: quoted(name), wanted: quoted(other), cure: 'Use one spelling.' };
    }
    for (const row of db.rows('Property')) {
      const name = row.text('Property');
      const other = spellings.get(name.toLowerCase())?.find((spelling) => spelling !== name);
      if (other === undefined) continue;
      yield {
        at: row.at(),
        found: `${quoted(name)} beside ${quoted(other)}`,
        wanted: 'one spelling',
        cure: 'Use one spelling.',
      };
    }
  },
};

/** Names that get a value from the package or from Windows. */
function definedProperties(db: DatabaseView): ReadonlySet<string> {
  const own: readonly (readonly [string, string])[] = [
    ['Property', 'Property'],
    ['Directory', 'Directory'],
    ['AppSearch', 'Property'],
    ['Upgrade', 'ActionProperty'],
    ['CustomAction', 'Source'],
    ['Control', 'Property'],
  ];
  return new Set([
    ...own.flatMap(([table, column]) => db.rows(table).map((row) => row.text(column))),
    ...standardProperties,
    ...standardDirectories,
  ]);
}

const formattedColumns: readonly (readonly [string, string])[] = [...tableCatalogue.values()].flatMap(
  ({ name, columns }) =>
    columns
      .filter(({ category }) => category === 'Formatted' || category === 'RegPath')
      .map((column) => [name, column.name] as const),
);

function* usedProperties(db: DatabaseView): Iterable<{ readonly name: string; readonly at: Place }> {
  for (const { row, column, parsed } of db.derived(storedConditions)) {
    if (!parsed.ok) continue;
    for (const { kind, name } of referencesIn(parsed.expression)) {
      if (kind === 'property') yield { name, at: row.at(column) };
    }
  }
  for (const [table, column] of formattedColumns) {
    for (const row of db.rows(table)) {
      for (const name of propertiesIn(row.text(column))) yield { name, at: row.at(column) };
    }
  }
}

/** Ids of folders that are properties with a meaning of their own and yet ordinary in the Directory table. */
const ordinaryIds: ReadonlySet<string> = new Set(['TARGETDIR', 'SourceDir', 'PRIMARYFOLDER']);

export const ice99: Rule = {
  id: 'ICE99',
  title: 'No folder has the name of a property of Windows Installer',
  severity: 'error',
  reason: 'The path of the folder would become the value of the property.',
  *check(db) {
    for (const row of db.rows('Directory')) {
      const id = row.text('Directory');
      if (!standardProperties.has(id) || ordinaryIds.has(id)) continue;
      yield { at: row.at(), found: quoted(id), wanted: 'another id', cure: 'Rename the folder.' };
    }
  },
};
