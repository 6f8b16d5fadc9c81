/** Windows Installer databases: the logical model, and its encoding in a compound file. */
export { decodeMsi, type MsiContent } from './decode-msi.ts';
export {
  type CellDiff,
  type DatabaseDiff,
  diffDatabases,
  isEmptyDiff,
  type RowDiff,
  type TableDiff,
} from './diff-databases.ts';
export { encodeMsi } from './encode-msi.ts';
export type {
  BinaryCell,
  ColumnKind,
  MsiCell,
  MsiColumn,
  MsiDatabase,
  MsiRow,
  MsiTable,
  SummaryInformation,
} from './model.ts';
