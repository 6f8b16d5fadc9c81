import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * The package itself: properties, media, summary-like tables.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const coreTables: readonly TableDefinition[] = [
  defineTable('Property', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Value', 'l0', { category: 'Text' }),
  ]),
  defineTable('Media', [
    column('DiskId', 'i2', { key: true, min: 1, max: 32767 }),
    column('LastSequence', 'i4', { min: 0, max: 2147483647 }),
    column('DiskPrompt', 'L64', { category: 'Text' }),
    column('Cabinet', 'S255', { category: 'Cabinet' }),
    column('VolumeLabel', 'S32', { category: 'Text' }),
    column('Source', 'S72', { category: 'Property' }),
  ]),
  defineTable('LaunchCondition', [
    column('Condition', 's255', { key: true, category: 'Condition' }),
    column('Description', 'l255', { category: 'Formatted' }),
  ]),
  defineTable('Upgrade', [
    column('UpgradeCode', 's38', { key: true, category: 'Guid' }),
    column('VersionMin', 'S20', { key: true, category: 'Text' }),
    column('VersionMax', 'S20', { key: true, category: 'Text' }),
    column('Language', 'S255', { key: true, category: 'Language' }),
    column('Attributes', 'i4', { key: true, min: 0, max: 2147483647 }),
    column('Remove', 'S255', { category: 'Formatted' }),
    column('ActionProperty', 's72', { category: 'UpperCase' }),
  ]),
  defineTable('Binary', [
    column('Name', 's72', { key: true, category: 'Identifier' }),
    column('Data', 'v0', { category: 'Binary' }),
  ]),
  defineTable('Icon', [
    column('Name', 's72', { key: true, category: 'Identifier' }),
    column('Data', 'v0', { category: 'Binary' }),
  ]),
  defineTable('MsiDigitalCertificate', [
    column('DigitalCertificate', 's72', { key: true, category: 'Identifier' }),
    column('CertData', 'v0', { category: 'Binary' }),
  ]),
  defineTable('MsiDigitalSignature', [
    column('Table', 's32', { key: true, set: 'Media' }),
    column('SignObject', 's72', { key: true, category: 'Text' }),
    column('DigitalCertificate_', 's72', { keyTable: 'MsiDigitalCertificate', keyColumn: 1, category: 'Identifier' }),
    column('Hash', 'V0', { category: 'Binary' }),
  ]),
  defineTable('_Validation', [
    column('Table', 's32', { key: true, category: 'Identifier' }),
    column('Column', 's32', { key: true, category: 'Identifier' }),
    column('Nullable', 's4', { set: 'Y;N' }),
    column('MinValue', 'I4', { min: -2147483647, max: 2147483647 }),
    column('MaxValue', 'I4', { min: -2147483647, max: 2147483647 }),
    column('KeyTable', 'S255', { category: 'Identifier' }),
    column('KeyColumn', 'I2', { min: 1, max: 32 }),
    column('Category', 'S32', {
      set: 'Text;Formatted;Template;Condition;Guid;Path;Version;Language;Identifier;Binary;UpperCase;LowerCase;Filename;Paths;AnyPath;WildCardFilename;RegPath;KeyFormatted;CustomSource;Property;Cabinet;Shortcut;URL',
    }),
    column('Set', 'S255', { category: 'Text' }),
    column('Description', 'S255', { category: 'Text' }),
  ]),
];
