import type { MsiColumn } from '../msi/model.ts';

const plain = { width: 0, nullable: false, primaryKey: false, localizable: false } as const;

/** The columns of `_Tables` in a transform. */
export const TABLES_COLUMNS: readonly MsiColumn[] = [{ ...plain, name: 'Name', kind: 'string', primaryKey: true }];

/** Those of `_Columns`. A number may be null here: the columns count in the order in which they stand. */
export const COLUMNS_COLUMNS: readonly MsiColumn[] = [
  { ...plain, name: 'Table', kind: 'string', primaryKey: true },
  { ...plain, name: 'Number', kind: 'int16', primaryKey: true, nullable: true },
  { ...plain, name: 'Name', kind: 'string' },
  { ...plain, name: 'Type', kind: 'int16' },
];
