import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * Dialogs and the texts that Windows Installer shows.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const uiTables: readonly TableDefinition[] = [
  defineTable('Dialog', [
    column('Dialog', 's72', { key: true, category: 'Identifier' }),
    column('HCentering', 'i2', { min: 0, max: 100 }),
    column('VCentering', 'i2', { min: 0, max: 100 }),
    column('Width', 'i2', { min: 0, max: 32767 }),
    column('Height', 'i2', { min: 0, max: 32767 }),
    column('Attributes', 'I4', { min: 0, max: 2147483647 }),
    column('Title', 'L128', { category: 'Formatted' }),
    column('Control_First', 's50', { keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
    column('Control_Default', 'S50', { keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
    column('Control_Cancel', 'S50', { keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
  ]),
  defineTable('Control', [
    column('Dialog_', 's72', { key: true, keyTable: 'Dialog', keyColumn: 1, category: 'Identifier' }),
    column('Control', 's50', { key: true, category: 'Identifier' }),
    column('Type', 's20', { category: 'Identifier' }),
    column('X', 'i2', { min: 0, max: 32767 }),
    column('Y', 'i2', { min: 0, max: 32767 }),
    column('Width', 'i2', { min: 0, max: 32767 }),
    column('Height', 'i2', { min: 0, max: 32767 }),
    column('Attributes', 'I4', { min: 0, max: 2147483647 }),
    column('Property', 'S72', { category: 'Identifier' }),
    column('Text', 'L0', { category: 'Formatted' }),
    column('Control_Next', 'S50', { keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
    column('Help', 'L50', { category: 'Text' }),
  ]),
  defineTable('ControlEvent', [
    column('Dialog_', 's72', { key: true, keyTable: 'Dialog', keyColumn: 1, category: 'Identifier' }),
    column('Control_', 's50', { key: true, keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
    column('Event', 's50', { key: true, category: 'Formatted' }),
    column('Argument', 's255', { key: true, category: 'Formatted' }),
    column('Condition', 'S255', { key: true, category: 'Condition' }),
    column('Ordering', 'I2', { min: 0, max: 2147483647 }),
  ]),
  defineTable('ControlCondition', [
    column('Dialog_', 's72', { key: true, keyTable: 'Dialog', keyColumn: 1, category: 'Identifier' }),
    column('Control_', 's50', { key: true, keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
    column('Action', 's50', { key: true, set: 'Default;Disable;Enable;Hide;Show' }),
    column('Condition', 's255', { key: true, category: 'Condition' }),
  ]),
  defineTable('EventMapping', [
    column('Dialog_', 's72', { key: true, keyTable: 'Dialog', keyColumn: 1, category: 'Identifier' }),
    column('Control_', 's50', { key: true, keyTable: 'Control', keyColumn: 2, category: 'Identifier' }),
    column('Event', 's50', { key: true, category: 'Identifier' }),
    column('Attribute', 's50', { category: 'Identifier' }),
  ]),
  defineTable('TextStyle', [
    column('TextStyle', 's72', { key: true, category: 'Identifier' }),
    column('FaceName', 's32', { category: 'Text' }),
    column('Size', 'i2', { min: 0, max: 32767 }),
    column('Color', 'I4', { min: 0, max: 16777215 }),
    column('StyleBits', 'I2', { min: 0, max: 15 }),
  ]),
  defineTable('UIText', [
    column('Key', 's72', { key: true, category: 'Identifier' }),
    column('Text', 'L255', { category: 'Text' }),
  ]),
  defineTable('ActionText', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Description', 'L0', { category: 'Text' }),
    column('Template', 'L0', { category: 'Template' }),
  ]),
  defineTable('Error', [
    column('Error', 'i2', { key: true, min: 0, max: 32767 }),
    column('Message', 'L0', { category: 'Template' }),
  ]),
  defineTable('RadioButton', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Order', 'i2', { key: true, min: 1, max: 32767 }),
    column('Value', 's64', { category: 'Formatted' }),
    column('X', 'i2', { min: 0, max: 32767 }),
    column('Y', 'i2', { min: 0, max: 32767 }),
    column('Width', 'i2', { min: 0, max: 32767 }),
    column('Height', 'i2', { min: 0, max: 32767 }),
    column('Text', 'L64', { category: 'Text' }),
    column('Help', 'L50', { category: 'Text' }),
  ]),
  defineTable('ListView', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Order', 'i2', { key: true, min: 1, max: 32767 }),
    column('Value', 's64', { category: 'Formatted' }),
    column('Text', 'L64', { category: 'Formatted' }),
    column('Binary_', 'S72', { keyTable: 'Binary', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('Billboard', [
    column('Billboard', 's50', { key: true, category: 'Identifier' }),
    column('Feature_', 's38', { keyTable: 'Feature', keyColumn: 1, category: 'Identifier' }),
    column('Action', 'S50', { category: 'Identifier' }),
    column('Ordering', 'I2', { min: 0, max: 32767 }),
  ]),
  defineTable('BBControl', [
    column('Billboard_', 's50', { key: true, keyTable: 'Billboard', keyColumn: 1, category: 'Identifier' }),
    column('BBControl', 's50', { key: true, category: 'Identifier' }),
    column('Type', 's50', { category: 'Identifier' }),
    column('X', 'i2', { min: 0, max: 32767 }),
    column('Y', 'i2', { min: 0, max: 32767 }),
    column('Width', 'i2', { min: 0, max: 32767 }),
    column('Height', 'i2', { min: 0, max: 32767 }),
    column('Attributes', 'I4', { min: 0, max: 2147483647 }),
    column('Text', 'L50', { category: 'Text' }),
  ]),
  defineTable('MsiEmbeddedUI', [
    column('MsiEmbeddedUI', 's72', { key: true, category: 'Identifier' }),
    column('FileName', 'l255', { category: 'Text' }),
    column('Attributes', 'i2', { set: '0;1;2;3' }),
    column('MessageFilter', 'I4'),
    column('Data', 'v0', { category: 'Binary' }),
  ]),
  defineTable('CheckBox', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Value', 'S64', { category: 'Formatted' }),
  ]),
  defineTable('ListBox', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Order', 'i2', { key: true, min: 1, max: 32767 }),
    column('Value', 's64', { category: 'Formatted' }),
    column('Text', 'L64', { category: 'Text' }),
  ]),
  defineTable('ComboBox', [
    column('Property', 's72', { key: true, category: 'Identifier' }),
    column('Order', 'i2', { key: true, min: 1, max: 32767 }),
    column('Value', 's64', { category: 'Formatted' }),
    column('Text', 'L64', { category: 'Formatted' }),
  ]),
];
