/** The WiX v3 compiler's face. */
export type { Bound, CabinetPlan, LooseFile } from './bind/bind.ts';
export { type CompileOptions, type CompileResult, compile } from './compile.ts';
export type { FileResolver, PayloadFile, SourceText, UiLibrary } from './file-resolver.ts';
export type { Architecture } from './preprocess/variables.ts';
export { elementCatalogue, parentsOf } from './schema/element-catalogue.ts';
export { impliedActionsOf, isStandardAction, sequenceTables, standardActionsOf } from './tables/standard-actions.ts';
export { standardDirectories } from './tables/standard-directories.ts';
export { tableCatalogue } from './tables/table-catalogue.ts';
export { type ColumnDefinition, idtType, type TableDefinition } from './tables/table-definition.ts';
