import { column, defineTable, type TableDefinition } from './table-definition.ts';

const component = column('Component_', 's72', { keyTable: 'Component', keyColumn: 1, category: 'Identifier' });
const file = { keyTable: 'File', keyColumn: 1, category: 'Identifier' } as const;

function library(name: string, key: string): TableDefinition {
  return defineTable(name, [
    column(key, 's72', { key: true, category: 'Identifier' }),
    component,
    column('Description', 's255', { category: 'Text' }),
    column('File_', 's72', file),
    column('File_Setup', 'S72', file),
  ]);
}

/** ODBC drivers, translators and data sources. Source: the Windows Installer table pages. */
export const odbcTables: readonly TableDefinition[] = [
  library('ODBCDriver', 'Driver'),
  library('ODBCTranslator', 'Translator'),
  defineTable('ODBCAttribute', [
    column('Driver_', 's72', { key: true, keyTable: 'ODBCDriver', keyColumn: 1, category: 'Identifier' }),
    column('Attribute', 's40', { key: true, category: 'Text' }),
    column('Value', 'L255', { category: 'Formatted' }),
  ]),
  defineTable('ODBCDataSource', [
    column('DataSource', 's72', { key: true, category: 'Identifier' }),
    component,
    column('Description', 's255', { category: 'Text' }),
    column('DriverDescription', 's255', { category: 'Text' }),
    column('Registration', 'i2', { min: 0, max: 1 }),
  ]),
  defineTable('ODBCSourceAttribute', [
    column('DataSource_', 's72', { key: true, keyTable: 'ODBCDataSource', keyColumn: 1, category: 'Identifier' }),
    column('Attribute', 's32', { key: true, category: 'Text' }),
    column('Value', 'L255', { category: 'Formatted' }),
  ]),
];
