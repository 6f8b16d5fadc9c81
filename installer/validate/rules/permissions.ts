/** ICE55, ICE104: the two tables of permissions. */
import type { DatabaseView, Row } from '../database-view.ts';
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { parseSddl } from '../sddl.ts';

/** Key column that LockObject refers to, by the table the row names. */
const keyColumns: Readonly<Record<string, string>> = {
  CreateFolder: 'Directory_',
  Directory: 'Directory',
  File: 'File',
  Registry: 'Registry',
  ServiceInstall: 'ServiceInstall',
};

function isObject(db: DatabaseView, row: Row): boolean {
  const column = keyColumns[row.text('Table')];
  return column !== undefined && db.where(row.text('Table'), column, row.text('LockObject')).length > 0;
}

function missingObject(row: Row) {
  return {
    at: row.at('LockObject'),
    found: quoted(row.text('LockObject')),
    wanted: `a row of ${row.text('Table')}`,
    cure: 'Correct the name of the object, or add it.',
  };
}

export const ice55: Rule = {
  id: 'ICE55',
  title: 'LockPermissions names objects and users that exist',
  severity: 'error',
  reason: 'Windows Installer stops at a row it cannot apply.',
  *check(db) {
    for (const row of db.rows('LockPermissions')) {
      if (!isObject(db, row)) yield missingObject(row);
      if (row.isNull('User'))
        yield { at: row.at('User'), found: 'nothing', wanted: 'a user', cure: 'Name the user or group.' };
      if (row.isNull('Permission')) {
        yield { at: row.at('Permission'), found: 'nothing', wanted: 'an access mask', cure: 'Say what is permitted.' };
      }
    }
  },
};

export const ice104: Rule = {
  id: 'ICE104',
  title: 'Permissions are in one of the two tables, name existing objects, and are valid SDDL',
  severity: 'error',
  reason: 'With both tables present Windows Installer applies neither; a wrong descriptor stops the installation.',
  *check(db) {
    const rows = db.rows('MsiLockPermissionsEx');
    if (rows.length > 0 && db.rows('LockPermissions').length > 0) {
      yield {
        at: { table: 'LockPermissions' },
        found: 'rows here and in MsiLockPermissionsEx',
        wanted: 'one of the two tables',
        cure: 'Write all permissions as SDDL.',
      };
    }
    for (const row of rows) {
      if (!isObject(db, row)) yield missingObject(row);
      const parsed = parseSddl(row.text('SDDLText'));
      if (!parsed.ok)
        yield { at: row.at('SDDLText'), found: parsed.message, wanted: 'SDDL', cure: 'Correct the descriptor.' };
    }
  },
};
