/** ICE12, ICE68, ICE72, ICE75, ICE77, ICE93: custom actions and their places. */
import { isStandardAction } from '../../wix/index.ts';
import { describeBaseType, usesInstalledFile } from '../custom-action-type.ts';
import { type CustomAction, customActions } from '../custom-actions.ts';
import type { DatabaseView } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { type Sequence, type SequencedAction, sequences } from '../sequences.ts';

interface PlacedAction {
  readonly sequence: Sequence;
  readonly action: CustomAction;
  readonly place: SequencedAction;
}

function* placedActions(db: DatabaseView): Iterable<PlacedAction> {
  const custom = db.derived(customActions);
  for (const sequence of db.derived(sequences)) {
    for (const place of sequence.actions) {
      const action = custom.get(place.name);
      if (action !== undefined) yield { sequence, action, place };
    }
  }
}

export const ice12: Rule = {
  id: 'ICE12',
  title: 'Actions that set a folder stand on the right side of CostFinalize',
  severity: 'error',
  reason: 'Folders are settled at CostFinalize: before it they are properties, after it only type 35 moves them.',
  *check(db) {
    for (const { sequence, action, place } of placedActions(db)) {
      const setsFolder = action.type.base === 35;
      const setsFolderProperty = action.type.base === 51 && db.find('Directory', action.source) !== undefined;
      if (setsFolder && !sequence.isBefore('CostFinalize', action.name)) yield wrongSide(place, 'after');
      if (setsFolderProperty && sequence.isBefore('CostFinalize', action.name)) yield wrongSide(place, 'before');
    }
  },
};

function wrongSide({ name, row, sequence }: SequencedAction, side: 'after' | 'before'): Problem {
  return {
    at: row.at('Sequence'),
    found: `number ${sequence}`,
    wanted: `a number ${side} CostFinalize`,
    cure: `Move ${name} ${side} CostFinalize.`,
  };
}

export const ice68: Rule = {
  id: 'ICE68',
  title: 'Types of custom actions exist, and only deferred ones ask for elevation',
  severity: 'error',
  reason: 'Windows stops at an unknown type; an immediate action is never elevated.',
  *check(db) {
    for (const { name, type, row } of db.derived(customActions).values()) {
      if (describeBaseType(type.base) === undefined) {
        yield {
          at: row.at('Type'),
          found: `type ${row.number('Type')}`,
          wanted: 'a type that Windows Installer has',
          cure: `Correct the type of ${name}.`,
        };
      } else if (type.noImpersonate && !type.inScript) {
        yield {
          at: row.at('Type'),
          found: 'an immediate action that asks for elevation',
          wanted: 'a deferred one',
          cure: 'Make it deferred, or remove Impersonate="no".',
          severity: 'warning',
        };
      }
    }
  },
};

const advertisable: ReadonlySet<number> = new Set([19, 35, 51]);

export const ice72: Rule = {
  id: 'ICE72',
  title: 'Advertising runs only custom actions of types 19, 35 and 51',
  severity: 'error',
  reason: 'Others make advertisement fail.',
  *check(db) {
    for (const { sequence, action, place } of placedActions(db)) {
      if (sequence.table !== 'AdvtExecuteSequence' || advertisable.has(action.type.base)) continue;
      yield {
        at: place.row.at(),
        found: `type ${action.type.base}`,
        wanted: 'type 19, 35 or 51',
        cure: 'Remove the action from AdvtExecuteSequence.',
      };
    }
  },
};

export const ice75: Rule = {
  id: 'ICE75',
  title: 'Custom actions from installed files run after CostFinalize',
  severity: 'error',
  reason: 'Before it Windows does not know where the file is.',
  *check(db) {
    for (const { sequence, action, place } of placedActions(db)) {
      if (sequence.table === 'AdvtExecuteSequence' || !usesInstalledFile(action.type.base)) continue;
      if (!sequence.isBefore('CostFinalize', action.name)) yield wrongSide(place, 'after');
    }
  },
};

export const ice77: Rule = {
  id: 'ICE77',
  title: 'Deferred custom actions stand between InstallInitialize and InstallFinalize',
  severity: 'error',
  reason: 'The script they are written into exists only there.',
  *check(db) {
    for (const { sequence, action, place } of placedActions(db)) {
      if (!action.type.inScript) continue;
      const { name } = action;
      if (sequence.isBefore('InstallInitialize', name) && sequence.isBefore(name, 'InstallFinalize')) continue;
      yield {
        at: place.row.at('Sequence'),
        found: `number ${place.sequence} for a deferred action`,
        wanted: 'a number between InstallInitialize and InstallFinalize',
        cure: `Move ${name}, or make it immediate.`,
      };
    }
  },
};

export const ice93: Rule = {
  id: 'ICE93',
  title: 'No custom action has the name of a standard action',
  severity: 'error',
  reason: 'It is not told which of the two runs.',
  *check(db) {
    for (const { name, row } of db.derived(customActions).values()) {
      if (!isStandardAction(name)) continue;
      yield {
        at: row.at(),
        found: `standard action ${quoted(name)}`,
        wanted: 'another name',
        cure: 'Rename the custom action.',
      };
    }
  },
};
