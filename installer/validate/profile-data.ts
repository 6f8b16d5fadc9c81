/** Whether what a component installs belongs to the user or to the machine. */
import { hasUserKeyPath } from './components.ts';
import type { DatabaseView, Row } from './database-view.ts';
import { folders, isProfileFolder } from './directories.ts';

export interface ProfileData {
  readonly user: boolean;
  readonly machine: boolean;
  /** Registry values whose root follows ALLUSERS. */
  readonly either: boolean;
  readonly keyPathIsUser: boolean;
}

/** Registry roots: -1 follows ALLUSERS, 0 classes, 1 user, 2 machine, 3 all users. Classes belong to neither here. */
export function profileData(db: DatabaseView, component: Row): ProfileData {
  const id = component.text('Component');
  const roots = db.where('Registry', 'Component_', id).map((row) => row.number('Root'));
  const inProfile = liesInProfile(db, component.text('Directory_'));
  const holdsFolder = component.isNull('KeyPath') || db.where('File', 'Component_', id).length > 0;
  const shortcuts = plainShortcuts(db, id);
  return {
    user:
      roots.includes(1) ||
      (holdsFolder && inProfile) ||
      shortcuts.some((row) => liesInProfile(db, row.text('Directory_'))),
    machine:
      roots.includes(2) ||
      roots.includes(3) ||
      (holdsFolder && !inProfile) ||
      shortcuts.some((row) => !liesInProfile(db, row.text('Directory_'))),
    either: roots.includes(-1),
    keyPathIsUser: hasUserKeyPath(db, component) || (component.isNull('KeyPath') && inProfile),
  };
}

export function liesInProfile(db: DatabaseView, directory: string): boolean {
  const folder = db.derived(folders).get(directory);
  return folder !== undefined && isProfileFolder(folder.base);
}

/** Shortcuts that name their target, unlike advertised ones, which name a feature. */
export function plainShortcuts(db: DatabaseView, component: string): readonly Row[] {
  return db.where('Shortcut', 'Component_', component).filter((row) => row.text('Target').includes('['));
}
