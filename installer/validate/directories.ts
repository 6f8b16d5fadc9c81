/** The Directory table as a tree: where each folder lies, as far as names in the database say. */
import { standardDirectories } from '../wix/index.ts';
import type { DatabaseView } from './database-view.ts';

export interface Folder {
  readonly id: string;
  /** Id of the nearest standard folder at or above, or the root's id. */
  readonly base: string;
  /** Path from `base` in long names, such as `Acme\Relay`; empty for the base itself. */
  readonly path: string;
  /** The same in short names. */
  readonly shortPath: string;
}

/** Folders in the profile of the user who installs, whatever ALLUSERS says. */
export const userFolders: ReadonlySet<string> = new Set([
  'AppDataFolder',
  'FavoritesFolder',
  'LocalAppDataFolder',
  'MyPicturesFolder',
  'NetHoodFolder',
  'PersonalFolder',
  'PrintHoodFolder',
  'RecentFolder',
  'SendToFolder',
]);

/** Folders in the profile of the user, or of all users when ALLUSERS is 1. */
export const redirectedFolders: ReadonlySet<string> = new Set([
  'AdminToolsFolder',
  'DesktopFolder',
  'ProgramMenuFolder',
  'StartMenuFolder',
  'StartupFolder',
  'TemplateFolder',
]);

export function isProfileFolder(base: string): boolean {
  return userFolders.has(base) || redirectedFolders.has(base);
}

/** Folders by id. One whose parents form a circle is left out, one whose parent is missing is its own base. */
export function folders(db: DatabaseView): ReadonlyMap<string, Folder> {
  const known = new Map<string, Folder | undefined>();
  for (const row of db.rows('Directory')) {
    const chain: string[] = [];
    let id = row.text('Directory');
    while (!known.has(id)) {
      known.set(id, undefined);
      chain.push(id);
      const parent = parentOf(db, id);
      if (parent === undefined) break;
      id = parent;
    }
    for (const child of chain.reverse()) known.set(child, place(db, child, known));
  }
  return new Map([...known].flatMap(([id, folder]) => (folder === undefined ? [] : [[id, folder] as const])));
}

function parentOf(db: DatabaseView, id: string): string | undefined {
  if (standardDirectories.has(id)) return undefined;
  const parent = db.find('Directory', id)?.text('Directory_Parent') ?? '';
  return parent === '' || parent === id || db.find('Directory', parent) === undefined ? undefined : parent;
}

function place(db: DatabaseView, id: string, known: ReadonlyMap<string, Folder | undefined>): Folder | undefined {
  const parentId = parentOf(db, id);
  if (parentId === undefined) return { id, base: id, path: '', shortPath: '' };
  const parent = known.get(parentId);
  if (parent === undefined) return undefined;
  const { short, long } = namesOf((db.find('Directory', id)?.text('DefaultDir') ?? '').split(':')[0] ?? '');
  return { id, base: parent.base, path: joined(parent.path, long), shortPath: joined(parent.shortPath, short) };
}

function joined(path: string, name: string): string {
  if (name === '.') return path;
  return path === '' ? name : `${path}\\${name}`;
}

/** Both names of `short|long`, which are the same when only one is given. */
export function namesOf(fileName: string): { readonly short: string; readonly long: string } {
  const [short = '', long = short] = fileName.split('|');
  return { short, long };
}
