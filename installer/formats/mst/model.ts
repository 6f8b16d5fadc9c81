import type { ByteSource } from '../byte-source.ts';
import type { MsiColumn, MsiRow, SummaryInformation } from '../msi/model.ts';

/** The logical content of a transform: what turns one database into another. */
export interface MsiTransform {
  /** Code page of its strings; other than 0 it becomes that of the database. */
  readonly codePage: number;
  /** Holds the conditions of the transform (`transform-conditions.ts` reads them). */
  readonly summary: SummaryInformation;
  readonly tables: readonly TableChange[];
}

export interface TableChange {
  readonly name: string;
  /** All columns of a new table, or those that an existing one gets at its end. */
  readonly addedColumns: readonly MsiColumn[];
  readonly kind: 'added' | 'removed' | 'changed';
  /** In the order in which they are applied. */
  readonly rows: readonly RowChange[];
}

export type RowChange =
  | { readonly kind: 'insert'; readonly row: MsiRow }
  | { readonly kind: 'delete'; readonly key: MsiRow }
  /** `cells` by the position of their column. */
  | { readonly kind: 'update'; readonly key: MsiRow; readonly cells: ReadonlyMap<number, MsiRow[number]> };

/** A transform that was read: changes of tables of which no columns are known stay as they are. */
export interface DecodedTransform extends MsiTransform {
  readonly opaqueTables: readonly { readonly name: string; readonly sizeBytes: number }[];
  /** Streams that no cell names. Windows does not apply them. */
  readonly streams: ReadonlyMap<string, ByteSource>;
}
