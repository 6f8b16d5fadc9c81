import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * What is installed where: directories, components, features.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const layoutTables: readonly TableDefinition[] = [
  defineTable('Directory', [
    column('Directory', 's72', { key: true, category: 'Identifier' }),
    column('Directory_Parent', 'S72', { keyTable: 'Directory', keyColumn: 1, category: 'Identifier' }),
    column('DefaultDir', 'l255', { category: 'DefaultDir' }),
  ]),
  defineTable('Component', [
    column('Component', 's72', { key: true, category: 'Identifier' }),
    column('ComponentId', 'S38', { category: 'Guid' }),
    column('Directory_', 's72', { keyTable: 'Directory', keyColumn: 1, category: 'Identifier' }),
    column('Attributes', 'i2'),
    column('Condition', 'S255', { category: 'Condition' }),
    column('KeyPath', 'S72', { keyTable: 'File;Registry;ODBCDataSource', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('Feature', [
    column('Feature', 's38', { key: true, category: 'Identifier' }),
    column('Feature_Parent', 'S38', { keyTable: 'Feature', keyColumn: 1, category: 'Identifier' }),
    column('Title', 'L64', { category: 'Text' }),
    column('Description', 'L255', { category: 'Text' }),
    column('Display', 'I2', { min: 0, max: 32767 }),
    column('Level', 'i2', { min: 0, max: 32767 }),
    column('Directory_', 'S72', { keyTable: 'Directory', keyColumn: 1, category: 'UpperCase' }),
    column('Attributes', 'i2', {
      set: '0;1;2;4;5;6;8;9;10;16;17;18;20;21;22;24;25;26;32;33;34;36;37;38;48;49;50;52;53;54',
    }),
  ]),
  defineTable('FeatureComponents', [
    column('Feature_', 's38', { key: true, keyTable: 'Feature', keyColumn: 1, category: 'Identifier' }),
    column('Component_', 's72', { key: true, keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('Condition', [
    column('Feature_', 's38', { key: true, keyTable: 'Feature', keyColumn: 1, category: 'Identifier' }),
    column('Level', 'i2', { key: true, min: 0, max: 32767 }),
    column('Condition', 'S255', { category: 'Condition' }),
  ]),
];
