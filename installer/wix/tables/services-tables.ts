import { column, defineTable, type TableDefinition } from './table-definition.ts';

/**
 * Services.
 * Types and `_Validation` data as measured in databases written by Windows Installer; see
 * docs/decisions/0010-wix-compiler.md.
 */
export const servicesTables: readonly TableDefinition[] = [
  defineTable('ServiceInstall', [
    column('ServiceInstall', 's72', { key: true, category: 'Identifier' }),
    column('Name', 's255', { category: 'Formatted' }),
    column('DisplayName', 'L255', { category: 'Formatted' }),
    column('ServiceType', 'i4', { min: -2147483647, max: 2147483647 }),
    column('StartType', 'i4', { min: 0, max: 4 }),
    column('ErrorControl', 'i4', { min: -2147483647, max: 2147483647 }),
    column('LoadOrderGroup', 'S255', { category: 'Formatted' }),
    column('Dependencies', 'S255', { category: 'Formatted' }),
    column('StartName', 'S255', { category: 'Formatted' }),
    column('Password', 'S255', { category: 'Formatted' }),
    column('Arguments', 'S255', { category: 'Formatted' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
    column('Description', 'L255', { category: 'Text' }),
  ]),
  defineTable('ServiceControl', [
    column('ServiceControl', 's72', { key: true, category: 'Identifier' }),
    column('Name', 'l255', { category: 'Formatted' }),
    column('Event', 'i2', { min: 0, max: 187 }),
    column('Arguments', 'L255', { category: 'Formatted' }),
    column('Wait', 'I2', { min: 0, max: 1 }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('MsiServiceConfig', [
    column('MsiServiceConfig', 's72', { key: true, category: 'Identifier' }),
    column('Name', 'l255', { category: 'Formatted' }),
    column('Event', 'i2', { min: 0, max: 7 }),
    column('ConfigType', 'i4', { min: -2147483647, max: 2147483647 }),
    column('Argument', 'S0', { category: 'Text' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
  defineTable('MsiServiceConfigFailureActions', [
    column('MsiServiceConfigFailureActions', 's72', { key: true, category: 'Identifier' }),
    column('Name', 'l255', { category: 'Formatted' }),
    column('Event', 'i2', { min: 0, max: 7 }),
    column('ResetPeriod', 'I4', { min: 0, max: 2147483647 }),
    column('RebootMessage', 'L255', { category: 'Formatted' }),
    column('Command', 'L255', { category: 'Formatted' }),
    column('Actions', 'S0', { category: 'Text' }),
    column('DelayActions', 'S0', { category: 'Text' }),
    column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' }),
  ]),
];
