/** The five sequence tables as ordered lists. Actions without a positive number (dialogs at the end, nulls) are not run in order. */
import { sequenceTables } from '../wix/index.ts';
import type { DatabaseView, Row } from './database-view.ts';

export interface SequencedAction {
  readonly name: string;
  readonly sequence: number;
  readonly condition: string;
  readonly row: Row;
}

export class Sequence {
  readonly table: string;
  /** Ascending by number. */
  readonly actions: readonly SequencedAction[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(table: string, rows: readonly Row[]) {
    this.table = table;
    this.actions = rows
      .map((row) => ({
        name: row.text('Action'),
        sequence: row.number('Sequence'),
        condition: row.text('Condition'),
        row,
      }))
      .filter(({ sequence }) => sequence > 0)
      .toSorted((a, b) => a.sequence - b.sequence);
    this.#numbers = new Map(this.actions.map(({ name, sequence }) => [name, sequence]));
  }

  has(action: string): boolean {
    return this.#numbers.has(action);
  }

  numberOf(action: string): number | undefined {
    return this.#numbers.get(action);
  }

  /** False when one of them is absent. */
  isBefore(first: string, second: string): boolean {
    const [one, other] = [this.#numbers.get(first), this.#numbers.get(second)];
    return one !== undefined && other !== undefined && one < other;
  }
}

/** The sequence tables that have rows. */
export function sequences(db: DatabaseView): readonly Sequence[] {
  return sequenceTables
    .filter((table) => db.rows(table).length > 0)
    .map((table) => new Sequence(table, db.rows(table)));
}

export function executeSequence(db: DatabaseView): Sequence {
  return new Sequence('InstallExecuteSequence', db.rows('InstallExecuteSequence'));
}
