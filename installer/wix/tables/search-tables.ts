import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * Searches that set properties.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const searchTables: readonly TableDefinition[] = [
  defineTable('AppSearch', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Signature_', 's72', {
      key: true,
      keyTable: 'Signature;RegLocator;IniLocator;DrLocator;CompLocator',
      keyColumn: 1,
      category: 'Identifier',
    }),
  ]),
  defineTable('Signature', [
    column('Signature', 's72', { key: true, category: 'Identifier' }),
    column('FileName', 's255', { category: 'Text' }),
    column('MinVersion', 'S20', { category: 'Text' }),
    column('MaxVersion', 'S20', { category: 'Text' }),
    column('MinSize', 'I4', { min: 0, max: 2147483647 }),
    column('MaxSize', 'I4', { min: 0, max: 2147483647 }),
    column('MinDate', 'I4', { min: 0, max: 2147483647 }),
    column('MaxDate', 'I4', { min: 0, max: 2147483647 }),
    column('Languages', 'S255', { category: 'Language' }),
  ]),
  defineTable('RegLocator', [
    column('Signature_', 's72', { key: true, category: 'Identifier' }),
    column('Root', 'i2', { min: 0, max: 3 }),
    column('Key', 's255', { category: 'RegPath' }),
    column('Name', 'S255', { category: 'Formatted' }),
    column('Type', 'I2', { min: 0, max: 18 }),
  ]),
  defineTable('DrLocator', [
    column('Signature_', 's72', { key: true, category: 'Identifier' }),
    column('Parent', 'S72', { key: true, category: 'Identifier' }),
    column('Path', 'S255', { key: true, category: 'AnyPath' }),
    column('Depth', 'I2', { min: 0, max: 32767 }),
  ]),
  defineTable('IniLocator', [
    column('Signature_', 's72', { key: true, category: 'Identifier' }),
    column('FileName', 's255', { category: 'Filename' }),
    column('Section', 's96', { category: 'Text' }),
    column('Key', 's128', { category: 'Text' }),
    column('Field', 'I2', { min: 0, max: 32767 }),
    column('Type', 'I2', { min: 0, max: 2 }),
  ]),
  defineTable('CCPSearch', [
    column('Signature_', 's72', {
      key: true,
      keyTable: 'Signature;RegLocator;IniLocator;DrLocator;CompLocator',
      keyColumn: 1,
      category: 'Identifier',
    }),
  ]),
  defineTable('CompLocator', [
    column('Signature_', 's72', { key: true, category: 'Identifier' }),
    column('ComponentId', 's38', { category: 'Guid' }),
    column('Type', 'I2', { min: 0, max: 1 }),
  ]),
];
