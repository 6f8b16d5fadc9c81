/** Every condition that a database holds, read once. */
import { tableCatalogue } from '../wix/index.ts';
import { type ConditionResult, parseCondition } from './condition/parse-condition.ts';
import type { DatabaseView, Row } from './database-view.ts';

export interface StoredCondition {
  readonly row: Row;
  readonly column: string;
  readonly text: string;
  readonly parsed: ConditionResult;
}

/** Columns that hold conditions, by table. */
const conditionColumns: readonly (readonly [string, string])[] = [
  ...[...tableCatalogue.values()].flatMap(({ name, columns }) =>
    columns.filter(({ category }) => category === 'Condition').map((column) => [name, column.name] as const),
  ),
  ['MsiLockPermissionsEx', 'Condition'],
];

export function storedConditions(db: DatabaseView): readonly StoredCondition[] {
  return conditionColumns.flatMap(([table, column]) =>
    db.rows(table).flatMap((row) => {
      const text = row.text(column);
      return text === '' ? [] : [{ row, column, text, parsed: parseCondition(text) }];
    }),
  );
}
