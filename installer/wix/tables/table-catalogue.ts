/**
 * Every table the compiler can write, in one place: the binder takes column types from it, `_Validation` rows and the
 * validator their rules. A table that a source defines itself (`CustomTable`) is not here.
 */
import { actionsTables } from './actions-tables.ts';
import { comTables } from './com-tables.ts';
import { coreTables } from './core-tables.ts';
import { filesTables } from './files-tables.ts';
import { layoutTables } from './layout-tables.ts';
import { odbcTables } from './odbc-tables.ts';
import { registryTables } from './registry-tables.ts';
import { searchTables } from './search-tables.ts';
import { servicesTables } from './services-tables.ts';
import { column, defineTable, type TableDefinition } from './table-definition.ts';
import { uiTables } from './ui-tables.ts';

/** `CustomAction` when an action needs the `ExtendedType` column (PatchUninstall). */
export const extendedCustomAction: TableDefinition = defineTable('CustomAction', [
  ...(actionsTables.find((table) => table.name === 'CustomAction')?.columns ?? []),
  column('ExtendedType', 'I4', { min: 0, max: 2147483647 }),
]);

const definitions: readonly TableDefinition[] = [
  ...coreTables,
  ...layoutTables,
  ...filesTables,
  ...registryTables,
  ...servicesTables,
  ...searchTables,
  ...actionsTables,
  ...uiTables,
  ...comTables,
  ...odbcTables,
];

export const tableCatalogue: ReadonlyMap<string, TableDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);

/** Tables that WiX writes in every product database even without rows. */
export const alwaysPresentTables: readonly string[] = [
  'AdminExecuteSequence',
  'AdminUISequence',
  'AdvtExecuteSequence',
  'File',
  'InstallExecuteSequence',
  'InstallUISequence',
  'Media',
  'Property',
  '_Validation',
];
