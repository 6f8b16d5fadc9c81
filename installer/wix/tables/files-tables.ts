import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * Files and folders.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const filesTables: readonly TableDefinition[] = [
  defineTable('File', [
    column('File', 's72', { key: true, category: 'Identifier' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('FileName', 'l255', { category: 'Filename' }),
    column('FileSize', 'i4', { min: 0, max: 2147483647 }),
    column('Version', 'S72', { keyTable: 'File', keyColumn: 1, category: 'Version' }),
    column('Language', 'S20', { category: 'Language' }),
    column('Attributes', 'I2', { min: 0, max: 32767 }),
    column('Sequence', 'i4', { min: 1, max: 2147483647 }),
  ]),
  defineTable('MsiFileHash', [
    column('File_', 's72', { key: true, keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('Options', 'i2', { min: 0, max: 32767 }),
    column('HashPart1', 'i4'),
    column('HashPart2', 'i4'),
    column('HashPart3', 'i4'),
    column('HashPart4', 'i4'),
  ]),
  defineTable('CreateFolder', [
    column('Directory_', 's72', { key: true, keyTable: 'Directory', keyColumn: 1, category: 'Identifier' }),
    column('Component_', 's72', { key: true, keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('RemoveFile', [
    column('FileKey', 's72', { key: true, category: 'Identifier' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('FileName', 'L255', { category: 'WildCardFilename' }),
    column('DirProperty', 's72', { category: 'Identifier' }),
    column('InstallMode', 'i2', { set: '1;2;3' }),
  ]),
  defineTable('MoveFile', [
    column('FileKey', 's72', { key: true, category: 'Identifier' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('SourceName', 'L255', { category: 'WildCardFilename' }),
    column('DestName', 'L255', { category: 'Filename' }),
    column('SourceFolder', 'S72', { category: 'Identifier' }),
    column('DestFolder', 's72', { category: 'Identifier' }),
    column('Options', 'i2', { min: 0, max: 1 }),
  ]),
  defineTable('DuplicateFile', [
    column('FileKey', 's72', { key: true, category: 'Identifier' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('File_', 's72', { keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('DestName', 'L255', { category: 'Filename' }),
    column('DestFolder', 'S72', { category: 'Identifier' }),
  ]),
  defineTable('IniFile', [
    column('IniFile', 's72', { key: true, category: 'Identifier' }),
    column('FileName', 'l255', { category: 'Filename' }),
    column('DirProperty', 'S72', { category: 'Identifier' }),
    column('Section', 'l96', { category: 'Formatted' }),
    column('Key', 'l128', { category: 'Formatted' }),
    column('Value', 'l255', { category: 'Formatted' }),
    column('Action', 'i2', { set: '0;1;3' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('RemoveIniFile', [
    column('RemoveIniFile', 's72', { key: true, category: 'Identifier' }),
    column('FileName', 'l255', { category: 'Filename' }),
    column('DirProperty', 'S72', { category: 'Identifier' }),
    column('Section', 'l96', { category: 'Formatted' }),
    column('Key', 'l128', { category: 'Formatted' }),
    column('Value', 'L255', { category: 'Formatted' }),
    column('Action', 'i2', { set: '2;4' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('ReserveCost', [
    column('ReserveKey', 's72', { key: true, category: 'Identifier' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('ReserveFolder', 'S72', { category: 'Identifier' }),
    column('ReserveLocal', 'i4', { min: 0, max: 2147483647 }),
    column('ReserveSource', 'i4', { min: 0, max: 2147483647 }),
  ]),
  defineTable('BindImage', [
    column('File_', 's72', { key: true, keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('Path', 'S255', { category: 'Paths' }),
  ]),
  defineTable('Font', [
    column('File_', 's72', { key: true, keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('FontTitle', 'S128', { category: 'Text' }),
  ]),
  defineTable('SelfReg', [
    column('File_', 's72', { key: true, keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('Cost', 'I2', { min: 0, max: 32767 }),
  ]),
  defineTable('IsolatedComponent', [
    column('Component_Shared', 's72', { key: true, keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('Component_Application', 's72', { key: true, keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('Complus', [
    column('Component_', 's72', { key: true, keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('ExpType', 'I2', { min: 0, max: 32767 }),
  ]),
  defineTable('SFPCatalog', [
    column('SFPCatalog', 's255', { key: true, category: 'Filename' }),
    column('Catalog', 'v0', { category: 'Binary' }),
    column('Dependency', 'S0', { category: 'Formatted' }),
  ]),
  defineTable('FileSFPCatalog', [
    column('File_', 's72', { key: true, keyTable: 'File', keyColumn: 1, category: 'Identifier' }),
    column('SFPCatalog_', 's255', { key: true, keyTable: 'SFPCatalog', keyColumn: 1, category: 'Filename' }),
  ]),
  defineTable('Shortcut', [
    column('Shortcut', 's72', { key: true, category: 'Identifier' }),
    column('Directory_', 's72', { keyTable: 'Directory', keyColumn: 1, category: 'Identifier' }),
    column('Name', 'l128', { category: 'Filename' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('Target', 's72', { category: 'Shortcut' }),
    column('Arguments', 'S255', { category: 'Formatted' }),
    column('Description', 'L255', { category: 'Text' }),
    column('Hotkey', 'I2', { min: 0, max: 32767 }),
    column('Icon_', 'S72', { keyTable: 'Icon', keyColumn: 1, category: 'Identifier' }),
    column('IconIndex', 'I2', { min: -32767, max: 32767 }),
    column('ShowCmd', 'I2', { set: '1;3;7' }),
    column('WkDir', 'S72', { category: 'Identifier' }),
    column('DisplayResourceDLL', 'S255', { category: 'Formatted' }),
    column('DisplayResourceId', 'I2', { min: 0, max: 32767 }),
    column('DescriptionResourceDLL', 'S255', { category: 'Formatted' }),
    column('DescriptionResourceId', 'I2', { min: 0, max: 32767 }),
  ]),
  defineTable('MsiShortcutProperty', [
    column('MsiShortcutProperty', 's72', { key: true, category: 'Identifier' }),
    column('Shortcut_', 's72', { keyTable: 'Shortcut', keyColumn: 1, category: 'Identifier' }),
    column('PropertyKey', 's0', { category: 'Formatted' }),
    column('PropVariantValue', 's0', { category: 'Formatted' }),
  ]),
  defineTable('Environment', [
    column('Environment', 's72', { key: true, category: 'Identifier' }),
    column('Name', 'l255', { category: 'Text' }),
    column('Value', 'L255', { category: 'Formatted' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
];
