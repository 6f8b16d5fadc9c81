import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * Registry values and permissions.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const registryTables: readonly TableDefinition[] = [
  defineTable('Registry', [
    column('Registry', 's72', { key: true, category: 'Identifier' }),
    column('Root', 'i2', { min: -1, max: 3 }),
    column('Key', 'l255', { category: 'RegPath' }),
    column('Name', 'L255', { category: 'Formatted' }),
    column('Value', 'L0', { category: 'Formatted' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('RemoveRegistry', [
    column('RemoveRegistry', 's72', { key: true, category: 'Identifier' }),
    column('Root', 'i2', { min: -1, max: 3 }),
    column('Key', 'l255', { category: 'RegPath' }),
    column('Name', 'L255', { category: 'Formatted' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('LockPermissions', [
    column('LockObject', 's72', { key: true, category: 'Identifier' }),
    column('Table', 's32', { key: true, category: 'Identifier', set: 'Directory;File;Registry' }),
    column('Domain', 'S255', { key: true, category: 'Formatted' }),
    column('User', 's255', { key: true, category: 'Formatted' }),
    column('Permission', 'I4', { min: -2147483647, max: 2147483647 }),
  ]),
  defineTable('MsiLockPermissionsEx', [
    column('MsiLockPermissionsEx', 's72', { key: true, category: 'Identifier' }),
    column('LockObject', 's72', { category: 'Identifier' }),
    column('Table', 's32', { category: 'Identifier', set: 'CreateFolder;File;Registry;ServiceInstall' }),
    column('SDDLText', 's0', { category: 'FormattedSddl' }),
    column('Condition', 'S255', { category: 'Formatted' }),
  ]),
];
