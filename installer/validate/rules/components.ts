/** ICE02, ICE08, ICE09, ICE18, ICE21, ICE92: components and their key paths. */
import { componentBits, featuresOf, keyPathRow, keyPathTable } from '../components.ts';
import type { DatabaseView, Row } from '../database-view.ts';
import { folders } from '../directories.ts';
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const ice02: Rule = {
  id: 'ICE02',
  title: 'The key path of a component belongs to that component',
  severity: 'error',
  reason: 'Windows tells from the key path whether a component is installed; a foreign one gives the wrong answer.',
  *check(db) {
    for (const component of db.rows('Component')) {
      if (component.isNull('KeyPath')) continue;
      const [table, row] = [keyPathTable(component), keyPathRow(db, component)];
      if (row === undefined) {
        yield {
          at: component.at('KeyPath'),
          found: quoted(component.text('KeyPath')),
          wanted: `a row of ${table}, as the attributes say`,
          cure: 'Name an existing row, or correct the attributes.',
        };
      } else if (row.text('Component_') !== component.text('Component')) {
        yield {
          at: component.at('KeyPath'),
          found: `${table} ${quoted(row.key)} of component ${quoted(row.text('Component_'))}`,
          wanted: 'one of this component',
          cure: 'Move the row to this component, or choose another key path.',
        };
      }
    }
  },
};

export const ice08: Rule = {
  id: 'ICE08',
  title: 'Every component has a GUID of its own',
  severity: 'error',
  reason: 'Windows counts the users of a component by its GUID.',
  *check(db) {
    for (const [id, rows] of db.table('Component')?.by('ComponentId') ?? []) {
      if (id === '') continue;
      for (const row of rows.slice(1)) {
        yield {
          at: row.at('ComponentId'),
          found: `the GUID of component ${quoted(rows[0]?.key ?? '')}`,
          wanted: 'a GUID of its own',
          cure: 'Make a new GUID for one of them.',
        };
      }
    }
  },
};

const systemFolders = new Set(['SystemFolder', 'System64Folder', 'System16Folder']);

export const ice09: Rule = {
  id: 'ICE09',
  title: 'Components in the system folder stay when the product is removed',
  severity: 'warning',
  reason: 'Other programs come to depend on what lies there.',
  *check(db) {
    for (const component of db.rows('Component')) {
      const folder = db.derived(folders).get(component.text('Directory_'));
      if (folder === undefined || !systemFolders.has(folder.base) || folder.path !== '') continue;
      if ((component.number('Attributes') & componentBits.permanent) !== 0) continue;
      yield {
        at: component.at('Attributes'),
        found: `a component in ${folder.base} that is removed`,
        wanted: 'Permanent, or another folder',
        cure: 'Install into a folder of the product.',
      };
    }
  },
};

export const ice18: Rule = {
  id: 'ICE18',
  title: 'A folder that is a key path and holds nothing is created by a CreateFolder row',
  severity: 'error',
  reason: 'Windows removes empty folders, finds the key path gone and repairs the product again and again.',
  *check(db) {
    for (const component of db.rows('Component')) {
      const [id, directory] = [component.text('Component'), component.text('Directory_')];
      if (!component.isNull('KeyPath') || holdsSomething(db, component)) continue;
      if (db.where('CreateFolder', 'Component_', id).some((row) => row.text('Directory_') === directory)) continue;
      yield {
        at: component.at('KeyPath'),
        found: `folder ${quoted(directory)} as key path`,
        wanted: 'a CreateFolder row for it',
        cure: 'Add CreateFolder to the component, or give it a file or registry value as key path.',
      };
    }
  },
};

function holdsSomething(db: DatabaseView, component: Row): boolean {
  const [id, directory] = [component.text('Component'), component.text('Directory_')];
  return (
    db.where('File', 'Component_', id).length > 0 ||
    db.where('RemoveFile', 'Component_', id).some((row) => row.text('DirProperty') === directory) ||
    db.where('DuplicateFile', 'Component_', id).some((row) => row.text('DestFolder') === directory) ||
    db.where('MoveFile', 'Component_', id).some((row) => row.text('DestFolder') === directory)
  );
}

export const ice21: Rule = {
  id: 'ICE21',
  title: 'Every component belongs to a feature',
  severity: 'error',
  reason: 'A component without a feature is never installed.',
  *check(db) {
    for (const component of db.rows('Component')) {
      if (featuresOf(db, component.text('Component')).length > 0) continue;
      yield {
        at: component.at(),
        found: 'no feature with this component',
        wanted: 'one or more',
        cure: 'Refer to the component from a feature, or remove it.',
      };
    }
  },
};

export const ice92: Rule = {
  id: 'ICE92',
  title: 'A component without a GUID is not permanent',
  severity: 'error',
  reason: 'Windows does not register a component without a GUID, so it cannot remember to keep it.',
  *check(db) {
    for (const component of db.rows('Component')) {
      if (!component.isNull('ComponentId')) continue;
      if ((component.number('Attributes') & componentBits.permanent) === 0) continue;
      yield {
        at: component.at('Attributes'),
        found: 'Permanent without a GUID',
        wanted: 'a GUID, or not Permanent',
        cure: 'Give the component a GUID.',
      };
    }
  },
};
