import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * Custom actions and the five sequences.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const actionsTables: readonly TableDefinition[] = [
  defineTable('CustomAction', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Type', 'i2', { min: 1, max: 32767 }),
    column('Source', 'S72', { category: 'CustomSource' }),
    column('Target', 'S255', { category: 'Formatted' }),
  ]),
  defineTable('InstallExecuteSequence', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Condition', 'S255', { category: 'Condition' }),
    column('Sequence', 'I2', { min: -4, max: 32767 }),
  ]),
  defineTable('InstallUISequence', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Condition', 'S255', { category: 'Condition' }),
    column('Sequence', 'I2', { min: -4, max: 32767 }),
  ]),
  defineTable('AdminExecuteSequence', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Condition', 'S255', { category: 'Condition' }),
    column('Sequence', 'I2', { min: -4, max: 32767 }),
  ]),
  defineTable('AdminUISequence', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Condition', 'S255', { category: 'Condition' }),
    column('Sequence', 'I2', { min: -4, max: 32767 }),
  ]),
  defineTable('AdvtExecuteSequence', [
    column('Action', 's72', { key: true, category: 'Identifier' }),
    column('Condition', 'S255', { category: 'Condition' }),
    column('Sequence', 'I2', { min: -4, max: 32767 }),
  ]),
];
