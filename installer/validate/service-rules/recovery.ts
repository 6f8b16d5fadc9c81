/** VGL-S04 to VGL-S07: what Windows does when a service fails. */
import type { DatabaseView, Row } from '../database-view.ts';
import { decodeFailureActions, type FailureActions, failureActionsOf } from '../failure-actions.ts';
import type { Place } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { isNamed, services, serviceValue, serviceValues } from '../services.ts';

interface Recovery {
  readonly at: Place;
  readonly value: FailureActions;
}

/** The registry values called FailureActions in keys of services, whatever service it is. */
function failureValues(db: DatabaseView): readonly Row[] {
  return db.derived(serviceValues).flatMap(({ row }) => (isNamed(row, 'FailureActions') ? [row] : []));
}

function recoveries(db: DatabaseView): readonly Recovery[] {
  const fromRegistry = failureValues(db).flatMap((row) => {
    const decoded = decodeFailureActions(row.text('Value'));
    return decoded.ok ? [{ at: row.at('Value'), value: decoded.value }] : [];
  });
  const fromTable = db
    .rows('MsiServiceConfigFailureActions')
    .map((row) => ({ at: row.at('ResetPeriod'), value: failureActionsOf(row) }));
  return [...fromRegistry, ...fromTable];
}

const RESTART = 1;

export const resetPeriod: Rule = {
  id: 'VGL-S04',
  title: 'The count of failures is reset later than the last action comes',
  severity: 'error',
  reason: 'With 0 or a short period the first action repeats without end; a wrong password then locks the account.',
  *check(db) {
    for (const { at, value } of recoveries(db)) {
      const { resetSeconds, actions } = value;
      if (resetSeconds === undefined || actions.every(({ type }) => type === 0)) continue;
      const longest = Math.max(...actions.map(({ type, delayMs }) => (type >= RESTART ? delayMs : 0))) / 1000;
      if (resetSeconds > longest) continue;
      yield {
        at,
        found: `a reset after ${resetSeconds} s with a delay of ${longest} s`,
        wanted: 'a period longer than the longest delay, and never 0',
        cure: 'Raise the reset period, to 900 s or more.',
      };
    }
  },
};

export const failureActionsBytes: Rule = {
  id: 'VGL-S05',
  title: 'FailureActions in the registry is a structure that the SCM reads',
  severity: 'error',
  reason: 'The SCM passes over a value it does not understand, and the service has no recovery.',
  *check(db) {
    for (const row of failureValues(db)) {
      const decoded = decodeFailureActions(row.text('Value'));
      const found = decoded.ok ? (decoded.value.actions.length === 0 ? 'no actions' : undefined) : decoded.found;
      if (found === undefined) continue;
      yield {
        at: row.at('Value'),
        found,
        wanted: 'a header of 20 bytes, and 8 bytes for each of one or more actions',
        cure: 'Write the value as in SERVICE_FAILURE_ACTIONS_WOW64.',
      };
    }
  },
};

export const noFailureActionsTable: Rule = {
  id: 'VGL-S06',
  title: 'Recovery does not rely on MsiServiceConfigFailureActions alone',
  severity: 'warning',
  reason: 'The documentation of Windows Installer says itself that the table does not work as expected.',
  *check(db) {
    for (const row of db.rows('MsiServiceConfigFailureActions')) {
      if (serviceValue(db, row.text('Name'), 'FailureActions').length > 0) continue;
      yield {
        at: row.at(),
        found: 'recovery in this table only',
        wanted: 'the registry value FailureActions',
        cure: 'Write FailureActions below SYSTEM\\CurrentControlSet\\Services\\<service>.',
      };
    }
  },
};

export const hasRecovery: Rule = {
  id: 'VGL-S07',
  title: 'Every service has recovery actions',
  severity: 'warning',
  reason: 'Without them a service that crashed stays down until somebody notices.',
  *check(db) {
    const configured = db.rows('MsiServiceConfigFailureActions');
    for (const { name, row } of db.derived(services)) {
      if (serviceValue(db, name, 'FailureActions').length > 0) continue;
      if (configured.some((config) => isNamed(config, name))) continue;
      yield {
        at: row.at(),
        found: 'no recovery',
        wanted: 'what the SCM does when the service fails',
        cure: 'Write FailureActions below SYSTEM\\CurrentControlSet\\Services\\<service>.',
      };
    }
  },
};
