/** ICE13, ICE27, ICE63: the order of actions. */
import { isStandardAction, standardActionsOf } from '../../wix/index.ts';
import { orderedPairs } from '../action-order.ts';
import { customActions } from '../custom-actions.ts';
import type { DatabaseView } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { executeSequence, type Sequence, sequences } from '../sequences.ts';

export const ice13: Rule = {
  id: 'ICE13',
  title: 'Execute sequences show no dialogs',
  severity: 'error',
  reason: 'They run in a service without a desktop.',
  *check(db) {
    for (const { table, actions } of db.derived(sequences)) {
      if (!table.includes('Execute')) continue;
      for (const { name, row } of actions) {
        if (db.find('Dialog', name) === undefined) continue;
        yield { at: row.at(), found: 'a dialog', wanted: 'an action', cure: 'Move the dialog to a UI sequence.' };
      }
    }
  },
};

export const ice27: Rule = {
  id: 'ICE27',
  title: 'Every action of a sequence is known and in its place',
  severity: 'error',
  reason: 'Windows stops at an unknown action; one that runs too early works on what is not there yet.',
  *check(db) {
    for (const sequence of db.derived(sequences)) {
      yield* unknownActions(db, sequence);
      yield* misplaced(sequence);
      yield* outsideTransaction(sequence);
    }
  },
};

function* unknownActions(db: DatabaseView, { table }: Sequence): Iterable<Problem> {
  const custom = db.derived(customActions);
  for (const row of db.rows(table)) {
    const name = row.text('Action');
    if (isStandardAction(name) || custom.has(name) || db.find('Dialog', name) !== undefined) continue;
    yield {
      at: row.at(),
      found: `unknown action ${quoted(name)}`,
      wanted: 'a standard action, a custom action or a dialog',
      cure: 'Correct the name, or define the action.',
    };
  }
}

function* misplaced(sequence: Sequence): Iterable<Problem> {
  for (const [earlier, later] of orderedPairs) {
    const [first, second] = [sequence.numberOf(earlier), sequence.numberOf(later)];
    if (first === undefined || second === undefined || first <= second) continue;
    yield {
      at: { table: sequence.table, row: earlier, column: 'Sequence' },
      found: `number ${first}, after ${later} with ${second}`,
      wanted: `a number before ${later}`,
      cure: `Move ${earlier} before ${later}.`,
    };
  }
}

/** Standard actions with suggested numbers between these two change the machine. */
const [INITIALIZE, FINALIZE] = [1500, 6600];

function* outsideTransaction(sequence: Sequence): Iterable<Problem> {
  const { table } = sequence;
  for (const { name, sequence: suggested } of standardActionsOf(table)) {
    if (suggested === null || suggested <= INITIALIZE || suggested >= FINALIZE) continue;
    const found = sequence.numberOf(name);
    if (found === undefined) continue;
    if (sequence.isBefore('InstallInitialize', name) && sequence.isBefore(name, 'InstallFinalize')) continue;
    yield {
      at: { table, row: name, column: 'Sequence' },
      found: `number ${found}`,
      wanted: 'a number between InstallInitialize and InstallFinalize',
      cure: `Move ${name}.`,
    };
  }
}

export const ice63: Rule = {
  id: 'ICE63',
  title: 'RemoveExistingProducts stands in one of its four places',
  severity: 'error',
  reason: 'Elsewhere the removal of the old version takes parts of the new one with it.',
  *check(db) {
    const sequence = executeSequence(db);
    const number = sequence.numberOf('RemoveExistingProducts');
    if (number === undefined) return;
    const at = { table: sequence.table, row: 'RemoveExistingProducts', column: 'Sequence' };
    const cure = 'Use a Schedule of MajorUpgrade.';
    if (!sequence.isBefore('InstallValidate', 'RemoveExistingProducts')) {
      yield { at, found: `number ${number}, before InstallValidate`, wanted: 'a number after it', cure };
    } else if (sequence.isBefore('InstallInitialize', 'RemoveExistingProducts')) {
      if (sequence.isBefore('InstallFinalize', 'RemoveExistingProducts')) return;
      const between = scriptActionsBefore(db, sequence, number);
      if (between.length === 0) return;
      yield {
        at,
        found: `${between.join(', ')} between it and the start of the script`,
        wanted: 'it right after InstallInitialize, InstallExecute or InstallExecuteAgain',
        cure,
        severity: 'warning',
      };
    }
  },
};

const scriptStarts = new Set(['InstallInitialize', 'InstallExecute', 'InstallExecuteAgain']);

/** Actions before `number` that may write to the script, back to where the script begins. */
function scriptActionsBefore(db: DatabaseView, { actions }: Sequence, number: number): string[] {
  const earlier = actions.filter(({ sequence }) => sequence < number);
  const start = earlier.findLastIndex(({ name }) => scriptStarts.has(name));
  const custom = db.derived(customActions);
  return earlier
    .slice(start + 1)
    .filter(({ name }) => custom.get(name)?.type.inScript ?? isStandardAction(name))
    .map(({ name }) => name);
}
