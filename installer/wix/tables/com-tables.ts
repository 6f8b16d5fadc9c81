import { column, defineTable, type TableDefinition } from './table-definition.ts';

const component = { key: true, keyTable: 'Component', keyColumn: 1, category: 'Identifier' } as const;
const feature = { keyTable: 'Feature', keyColumn: 1, category: 'Identifier' } as const;
const icon = { keyTable: 'Icon', keyColumn: 1, category: 'Identifier' } as const;

/**
 * Advertised registration: COM classes, file types, assemblies. Source: the Windows Installer table pages; widths and
 * `_Validation` data as in databases that WiX writes.
 */
export const comTables: readonly TableDefinition[] = [
  defineTable('AppId', [
    column('AppId', 's38', { key: true, category: 'Guid' }),
    column('RemoteServerName', 'S255', { category: 'Formatted' }),
    column('LocalService', 'S255', { category: 'Text' }),
    column('ServiceParameters', 'S255', { category: 'Text' }),
    column('DllSurrogate', 'S255', { category: 'Text' }),
    column('ActivateAtStorage', 'I2', { min: 0, max: 1 }),
    column('RunAsInteractiveUser', 'I2', { min: 0, max: 1 }),
  ]),
  defineTable('Class', [
    column('CLSID', 's38', { key: true, category: 'Guid' }),
    column('Context', 's32', { key: true, category: 'Identifier' }),
    column('Component_', 's72', component),
    column('ProgId_Default', 'S255', { keyTable: 'ProgId', keyColumn: 1, category: 'Text' }),
    column('Description', 'L255', { category: 'Text' }),
    column('AppId_', 'S38', { keyTable: 'AppId', keyColumn: 1, category: 'Guid' }),
    column('FileTypeMask', 'S255', { category: 'Text' }),
    column('Icon_', 'S72', icon),
    column('IconIndex', 'I2', { min: -32767, max: 32767 }),
    column('DefInprocHandler', 'S32', { category: 'Filename', set: '1;2;3' }),
    column('Argument', 'S255', { category: 'Formatted' }),
    column('Feature_', 's38', feature),
    column('Attributes', 'I2', { max: 32767 }),
  ]),
  defineTable('ProgId', [
    column('ProgId', 's255', { key: true, category: 'Text' }),
    column('ProgId_Parent', 'S255', { keyTable: 'ProgId', keyColumn: 1, category: 'Text' }),
    column('Class_', 'S38', { keyTable: 'Class', keyColumn: 1, category: 'Guid' }),
    column('Description', 'L255', { category: 'Text' }),
    column('Icon_', 'S72', icon),
    column('IconIndex', 'I2', { min: -32767, max: 32767 }),
  ]),
  defineTable('Extension', [
    column('Extension', 's255', { key: true, category: 'Text' }),
    column('Component_', 's72', component),
    column('ProgId_', 'S255', { keyTable: 'ProgId', keyColumn: 1, category: 'Text' }),
    column('MIME_', 'S64', { keyTable: 'MIME', keyColumn: 1, category: 'Text' }),
    column('Feature_', 's38', feature),
  ]),
  defineTable('MIME', [
    column('ContentType', 's64', { key: true, category: 'Text' }),
    column('Extension_', 's255', { keyTable: 'Extension', keyColumn: 1, category: 'Text' }),
    column('CLSID', 'S38', { category: 'Guid' }),
  ]),
  defineTable('Verb', [
    column('Extension_', 's255', { key: true, keyTable: 'Extension', keyColumn: 1, category: 'Text' }),
    column('Verb', 's32', { key: true, category: 'Text' }),
    column('Sequence', 'I2', { min: 0, max: 32767 }),
    column('Command', 'L255', { category: 'Formatted' }),
    column('Argument', 'L255', { category: 'Formatted' }),
  ]),
  defineTable('TypeLib', [
    column('LibID', 's38', { key: true, category: 'Guid' }),
    column('Language', 'i2', { key: true, min: 0, max: 32767 }),
    column('Component_', 's72', component),
    column('Version', 'I4', { min: 0, max: 16777215 }),
    column('Description', 'L128', { category: 'Text' }),
    column('Directory_', 'S72', { keyTable: 'Directory', keyColumn: 1, category: 'Identifier' }),
    column('Feature_', 's38', feature),
    column('Cost', 'I4', { min: 0, max: 2147483647 }),
  ]),
  defineTable('PublishComponent', [
    column('ComponentId', 's38', { key: true, category: 'Guid' }),
    column('Qualifier', 's255', { key: true, category: 'Text' }),
    column('Component_', 's72', component),
    column('AppData', 'L0', { category: 'Text' }),
    column('Feature_', 's38', feature),
  ]),
  defineTable('MsiAssembly', [
    column('Component_', 's72', component),
    column('Feature_', 's38', feature),
    column('File_Manifest', 'S72', { keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('File_Application', 'S72', { keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('Attributes', 'I2'),
  ]),
  defineTable('MsiAssemblyName', [
    column('Component_', 's72', component),
    column('Name', 's255', { key: true, category: 'Text' }),
    column('Value', 's255', { category: 'Text' }),
  ]),
];
