import type { MsiRow } from '../../formats/msi/model.ts';
import type { TableDefinition } from './table-definition.ts';

/**
 * `_Validation` rows for the given tables: what authoring tools and validators know of each column. Descriptions are
 * left out: they are prose for people and nothing reads them.
 */
export function validationRows(tables: readonly TableDefinition[]): readonly MsiRow[] {
  return tables.flatMap(({ name, columns }) =>
    columns.map(
      (column): MsiRow => [
        name,
        column.name,
        column.nullable ? 'Y' : 'N',
        column.min ?? null,
        column.max ?? null,
        column.keyTable ?? null,
        column.keyColumn ?? null,
        column.category ?? null,
        column.set ?? null,
        null,
      ],
    ),
  );
}
