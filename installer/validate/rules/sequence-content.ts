/** ICE26, ICE82, ICE84, ICE96: which actions a sequence holds. */
import { impliedActionsOf, isStandardAction, standardActionsOf } from '../../wix/index.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { executeSequence, Sequence, sequences } from '../sequences.ts';

/** Asked for by ICE82, or not at all. */
const notRequired = new Set([
  'PublishFeatures',
  'PublishProduct',
  'RegisterProduct',
  'RegisterUser',
  'UnpublishFeatures',
  'ValidateProductID',
]);

export const ice26: Rule = {
  id: 'ICE26',
  title: 'Sequences hold the actions they need and none that is not allowed in them',
  severity: 'error',
  reason: 'Without costing and validation nothing is installed.',
  *check(db) {
    const present = db.derived(sequences);
    const execute = present.some(({ table }) => table === 'InstallExecuteSequence') ? [] : [executeSequence(db)];
    for (const sequence of [...execute, ...present]) {
      if (sequence.table !== 'AdvtExecuteSequence') yield* checkContent(sequence);
    }
  },
};

function* checkContent(sequence: Sequence): Iterable<Problem> {
  const { table } = sequence;
  for (const { name } of impliedActionsOf(table, new Set())) {
    if (notRequired.has(name) || sequence.has(name)) continue;
    yield { at: { table }, found: `no ${name}`, wanted: 'this action', cure: `Add ${name} to ${table}.` };
  }
  const allowed = new Set(standardActionsOf(table).map(({ name }) => name));
  for (const { name, row } of sequence.actions) {
    if (!isStandardAction(name) || allowed.has(name)) continue;
    yield {
      at: row.at(),
      found: name,
      wanted: 'an action that this sequence may hold',
      cure: `Remove ${name} from ${table}.`,
    };
  }
}

const registration = ['RegisterUser', 'RegisterProduct', 'PublishFeatures', 'PublishProduct'];

export const ice82: Rule = {
  id: 'ICE82',
  title: 'The product is registered and published, and sequence numbers are unique',
  severity: 'error',
  reason: 'Half a registration leaves a product that cannot be removed; the order of equal numbers is left to chance.',
  *check(db) {
    const missing = registration.filter((name) => !executeSequence(db).has(name));
    if (missing.length > 0) {
      yield {
        at: { table: 'InstallExecuteSequence' },
        found: `no ${missing.join(', ')}`,
        wanted: registration.join(', '),
        cure: 'Add the missing actions.',
        ...(missing.length === registration.length ? { severity: 'warning' as const } : {}),
      };
    }
    for (const { actions } of db.derived(sequences)) {
      for (const [index, { name, sequence, row }] of actions.entries()) {
        if (actions[index - 1]?.sequence !== sequence) continue;
        yield {
          at: row.at('Sequence'),
          found: `number ${sequence} of ${quoted(actions[index - 1]?.name ?? '')}`,
          wanted: 'a number of its own',
          cure: `Renumber ${name}.`,
          severity: 'warning',
        };
      }
    }
  },
};

const unconditional = new Set([
  'CostFinalize',
  'CostInitialize',
  'FileCost',
  'InstallFinalize',
  'InstallInitialize',
  'InstallValidate',
  'ProcessComponents',
  'PublishFeatures',
  'PublishProduct',
  'RegisterProduct',
  'UnpublishFeatures',
]);

export const ice84: Rule = {
  id: 'ICE84',
  title: 'Actions that every installation needs have no condition',
  severity: 'warning',
  reason: 'When the condition is false, the installation does nothing or is left half done.',
  *check(db) {
    for (const table of ['InstallExecuteSequence', 'AdminExecuteSequence', 'AdvtExecuteSequence']) {
      for (const { name, condition, row } of new Sequence(table, db.rows(table)).actions) {
        if (condition === '' || !unconditional.has(name)) continue;
        yield {
          at: row.at('Condition'),
          found: quoted(condition),
          wanted: 'no condition',
          cure: `Remove the condition of ${name}.`,
        };
      }
    }
  },
};

export const ice96: Rule = {
  id: 'ICE96',
  title: 'Advertising publishes features and product',
  severity: 'warning',
  reason: 'Assignment by Group Policy advertises first; a product that is not published is not installed later.',
  *check(db) {
    const table = 'AdvtExecuteSequence';
    const sequence = new Sequence(table, db.rows(table));
    for (const name of ['PublishFeatures', 'PublishProduct']) {
      if (sequence.has(name)) continue;
      yield { at: { table }, found: `no ${name}`, wanted: 'this action', cure: `Add ${name} to ${table}.` };
    }
  },
};
