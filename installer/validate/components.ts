/** Components with what belongs to them: key path, features, files. Attribute bits: Windows Installer "Component Table". */
import type { DatabaseView, Row } from './database-view.ts';

export const componentBits = {
  registryKeyPath: 0x4,
  permanent: 0x10,
  odbcKeyPath: 0x20,
  neverOverwrite: 0x80,
  is64Bit: 0x100,
} as const;

/** Table that the KeyPath column of a component refers to. */
export function keyPathTable(component: Row): 'File' | 'Registry' | 'ODBCDataSource' {
  const attributes = component.number('Attributes');
  if ((attributes & componentBits.registryKeyPath) !== 0) return 'Registry';
  return (attributes & componentBits.odbcKeyPath) !== 0 ? 'ODBCDataSource' : 'File';
}

/** The row that a component's key path names; undefined when the folder itself is the key path or the row is missing. */
export function keyPathRow(db: DatabaseView, component: Row): Row | undefined {
  return component.isNull('KeyPath') ? undefined : db.find(keyPathTable(component), component.text('KeyPath'));
}

/** Whether the key path of a component is a registry value of the user's own hive, or of the one ALLUSERS selects. */
export function hasUserKeyPath(db: DatabaseView, component: Row): boolean {
  if (keyPathTable(component) !== 'Registry') return false;
  const root = keyPathRow(db, component)?.number('Root');
  return root === 1 || root === -1;
}

export function featuresOf(db: DatabaseView, component: string): readonly string[] {
  return db.where('FeatureComponents', 'Component_', component).map((row) => row.text('Feature_'));
}
