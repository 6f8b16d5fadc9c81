/** ICE38, ICE43, ICE57, ICE64, ICE91: data of the user and data of the machine. */
import { hasUserKeyPath } from '../components.ts';
import { folders, isProfileFolder, userFolders } from '../directories.ts';
import { quoted } from '../finding.ts';
import { liesInProfile, plainShortcuts, profileData } from '../profile-data.ts';
import type { Rule } from '../rule.ts';

const USER_KEY_PATH = 'a registry value of HKEY_CURRENT_USER as key path';
const GIVE_KEY_PATH = 'Add a value below HKCU to the component and make it the key path.';

export const ice38: Rule = {
  id: 'ICE38',
  title: 'Components in the profile of the user have a key path in HKEY_CURRENT_USER',
  severity: 'error',
  reason: 'Otherwise the files of one user stand for those of all, and other users never get theirs.',
  *check(db) {
    for (const component of db.rows('Component')) {
      const directory = component.text('Directory_');
      if (!liesInProfile(db, directory) || hasUserKeyPath(db, component)) continue;
      yield {
        at: component.at('KeyPath'),
        found: component.isNull('KeyPath') ? 'nothing' : quoted(component.text('KeyPath')),
        wanted: USER_KEY_PATH,
        cure: GIVE_KEY_PATH,
      };
    }
  },
};

export const ice43: Rule = {
  id: 'ICE43',
  title: 'Shortcuts that are not advertised have a key path in HKEY_CURRENT_USER',
  severity: 'error',
  reason: 'Windows could not tell which user has the shortcut.',
  *check(db) {
    for (const component of db.rows('Component')) {
      if (hasUserKeyPath(db, component)) continue;
      for (const shortcut of plainShortcuts(db, component.text('Component'))) {
        if (!liesInProfile(db, shortcut.text('Directory_'))) continue;
        yield {
          at: shortcut.at('Component_'),
          found: `component ${quoted(component.key)} with another key path`,
          wanted: USER_KEY_PATH,
          cure: GIVE_KEY_PATH,
        };
      }
    }
  },
};

export const ice57: Rule = {
  id: 'ICE57',
  title: 'A component installs for the user or for the machine, not for both',
  severity: 'error',
  reason: 'Only the installing user would get both halves.',
  *check(db) {
    for (const component of db.rows('Component')) {
      const { user, machine, either, keyPathIsUser } = profileData(db, component);
      const at = component.at();
      const cure = 'Divide the component.';
      if (user && machine) {
        yield {
          at,
          found: 'data of the user and of the machine',
          wanted: 'one of them',
          cure,
          ...(keyPathIsUser ? { severity: 'warning' as const } : {}),
        };
      } else if (either && machine && !keyPathIsUser) {
        yield {
          at,
          found: 'registry values that follow ALLUSERS beside data of the machine',
          wanted: 'one of them',
          cure,
        };
      }
    }
  },
};

export const ice64: Rule = {
  id: 'ICE64',
  title: 'Folders in the profile of the user are removed by a RemoveFile row',
  severity: 'error',
  reason: 'A roaming profile brings the folder along, so that uninstalling leaves it behind.',
  *check(db) {
    for (const { id, base, path } of db.derived(folders).values()) {
      if (!isProfileFolder(base) || path === '') continue;
      const removed = db.where('RemoveFile', 'DirProperty', id).some((row) => row.isNull('FileName'));
      if (removed) continue;
      yield {
        at: { table: 'Directory', row: id },
        found: 'no RemoveFile row for the folder',
        wanted: 'one',
        cure: 'Add RemoveFolder to a component in it.',
      };
    }
  },
};

const NO_ELEVATION = 8;

export const ice91: Rule = {
  id: 'ICE91',
  title: 'Files go into folders that follow ALLUSERS',
  severity: 'warning',
  reason: 'Installed for the machine, such a file reaches the profile of one user only.',
  *check(db) {
    if (((db.summary.wordCount ?? 0) & NO_ELEVATION) !== 0) return;
    for (const file of db.rows('File')) {
      const directory = db.find('Component', file.text('Component_'))?.text('Directory_') ?? '';
      const folder = db.derived(folders).get(directory);
      if (folder === undefined || !userFolders.has(folder.base)) continue;
      yield {
        at: file.at(),
        found: `folder ${folder.base}`,
        wanted: 'one that is the same for all users',
        cure: 'Install below CommonAppDataFolder or ProgramFiles64Folder.',
      };
    }
  },
};
