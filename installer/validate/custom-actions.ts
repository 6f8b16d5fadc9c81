import { type CustomActionType, decodeCustomActionType } from './custom-action-type.ts';
import type { DatabaseView, Row } from './database-view.ts';

export interface CustomAction {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly type: CustomActionType;
  readonly row: Row;
}

/** The CustomAction table by name of the action. */
export function customActions(db: DatabaseView): ReadonlyMap<string, CustomAction> {
  return new Map(
    db.rows('CustomAction').map((row) => [
      row.text('Action'),
      {
        name: row.text('Action'),
        source: row.text('Source'),
        target: row.text('Target'),
        type: decodeCustomActionType(row.number('Type')),
        row,
      },
    ]),
  );
}
