/** VGL-S09 to VGL-S12: starting, stopping and deleting. */
import { evaluateCondition } from '../condition/evaluate-condition.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import type { DatabaseView } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { executeSequence } from '../sequences.ts';
import { controlEvent, services, startType } from '../services.ts';

export const stopsService: Rule = {
  id: 'VGL-S09',
  title: 'Every service is stopped when it is upgraded and when it is removed',
  severity: 'error',
  reason: 'Files of a running service cannot be replaced: the machine has to be restarted.',
  *check(db) {
    for (const { row, events } of db.derived(services)) {
      const { stopOnInstall, stopOnUninstall } = controlEvent;
      if ((events & stopOnInstall) === 0 || (events & stopOnUninstall) === 0) {
        yield {
          at: row.at(),
          found: 'no ServiceControl that stops it at both occasions',
          wanted: 'a stop on install and on uninstall',
          cure: 'Write <ServiceControl Stop="both" … />.',
        };
      }
    }
    if (db.rows('ServiceInstall').length > 0) yield* runsWhenRemoved(db, 'StopServices', { isUpgrade: true });
  },
};

export const deletesService: Rule = {
  id: 'VGL-S10',
  title: 'Every service is deleted when the product is removed',
  severity: 'error',
  reason: 'A service without its executable stays in the list and fails at every start of the machine.',
  *check(db) {
    for (const { row, events } of db.derived(services)) {
      if ((events & controlEvent.deleteOnUninstall) !== 0) continue;
      yield {
        at: row.at(),
        found: 'no ServiceControl that deletes it',
        wanted: 'a deletion on uninstall',
        cure: 'Write <ServiceControl Remove="uninstall" … />.',
      };
    }
    if (db.rows('ServiceInstall').length > 0) yield* runsWhenRemoved(db, 'DeleteServices', { isUpgrade: false });
  },
};

/** The condition of a standard action, tried with what is known when the product is removed. */
function* runsWhenRemoved(db: DatabaseView, action: string, { isUpgrade }: { isUpgrade: boolean }): Iterable<Problem> {
  const step = executeSequence(db).actions.find(({ name }) => name === action);
  if (step === undefined || step.condition === '') return;
  const parsed = parseCondition(step.condition);
  if (!parsed.ok) return;
  const situation: Readonly<Record<string, string>> = {
    ALLUSERS: '1',
    Installed: '00:00:00',
    Privileged: '1',
    REMOVE: 'ALL',
    VersionNT: '603',
    VersionNT64: '603',
    ...(isUpgrade ? { UPGRADINGPRODUCTCODE: '{00000000-0000-0000-0000-000000000001}' } : {}),
  };
  // Component and feature states count as "being removed" (2).
  if (evaluateCondition(parsed.expression, ({ kind, name }) => (kind === 'property' ? situation[name] : '2'))) return;
  yield {
    at: step.row.at('Condition'),
    found: `${quoted(step.condition)}, which does not hold when the product is ${isUpgrade ? 'upgraded' : 'removed'}`,
    wanted: 'a condition that holds then',
    cure: 'Remove or correct the condition.',
  };
}

export const startsService: Rule = {
  id: 'VGL-S11',
  title: 'A service that the package starts can start, and the package waits for it',
  severity: 'warning',
  reason: 'Otherwise an installation reports success whose service does not run.',
  *check(db) {
    for (const { row, controls } of db.derived(services)) {
      for (const control of controls) {
        if ((control.number('Event') & controlEvent.startOnInstall) === 0) continue;
        if (row.number('StartType') === startType.disabled) {
          yield {
            at: control.at('Event'),
            found: 'the start of a disabled service',
            wanted: 'another start type, or no start',
            cure: 'Remove Start="install", or do not disable the service.',
            severity: 'error',
          };
        } else if (control.cell('Wait') === 0) {
          yield { at: control.at('Wait'), found: '0', wanted: '1', cure: 'Write Wait="yes".' };
        }
      }
    }
  },
};

/** Actions that the rows of a table need in order to have any effect. */
const actionsOfTables: readonly (readonly [string, readonly string[]])[] = [
  ['ServiceInstall', ['InstallServices']],
  ['ServiceControl', ['StopServices', 'DeleteServices', 'StartServices']],
  ['MsiServiceConfig', ['MsiConfigureServices']],
  ['MsiServiceConfigFailureActions', ['MsiConfigureServices']],
];

export const serviceActionsScheduled: Rule = {
  id: 'VGL-S12',
  title: 'The actions that carry out the service tables are in the sequence',
  severity: 'error',
  reason: 'Without its action a table is only text.',
  *check(db) {
    const sequence = executeSequence(db);
    for (const [table, actions] of actionsOfTables) {
      if (db.rows(table).length === 0) continue;
      for (const action of actions) {
        if (sequence.has(action)) continue;
        yield {
          at: { table: sequence.table },
          found: `no ${action}, but rows in ${table}`,
          wanted: 'this action',
          cure: `Add ${action} to ${sequence.table}.`,
        };
      }
    }
  },
};
