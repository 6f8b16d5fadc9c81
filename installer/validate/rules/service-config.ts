/** ICE102, ICE105: configuration of services, and what a package for one user must not hold. */
import { customActions } from '../custom-actions.ts';
import type { DatabaseView, Row } from '../database-view.ts';
import { configList } from '../failure-actions.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

interface ArgumentForm {
  readonly accepts: (text: string) => boolean;
  readonly wanted: string;
}

/** By MsiServiceConfig.ConfigType. Source: Windows Installer "MsiServiceConfig Table". */
const argumentForms: Readonly<Record<number, ArgumentForm>> = {
  3: { accepts: (text) => /^[01]$/.test(text), wanted: '0 or 1 for delayed start' },
  4: { accepts: (text) => /^[01]$/.test(text), wanted: '0 or 1 for failures without a crash' },
  5: { accepts: (text) => /^[013]$/.test(text), wanted: '0, 1 or 3 for the kind of service SID' },
  6: {
    accepts: (text) => configList(text).every((name) => /^Se[A-Za-z]+Privilege$/.test(name)),
    wanted: 'names of privileges separated by [~]',
  },
  7: { accepts: (text) => /^\d+$/.test(text), wanted: 'milliseconds before shutdown' },
};

export const ice102: Rule = {
  id: 'ICE102',
  title: 'MsiServiceConfig and MsiServiceConfigFailureActions rows are well formed',
  severity: 'error',
  reason: 'MsiConfigureServices fails, or leaves the setting out.',
  *check(db) {
    for (const row of db.rows('MsiServiceConfig')) {
      yield* badEvent(row);
      const form = argumentForms[row.number('ConfigType')];
      const argument = row.text('Argument');
      if (form === undefined) {
        yield { at: row.at('ConfigType'), found: row.text('ConfigType'), wanted: '3 to 7', cure: 'Correct the type.' };
      } else if (!argument.includes('[') || argument.includes('[~]')) {
        if (!form.accepts(argument))
          yield { at: row.at('Argument'), found: quoted(argument), wanted: form.wanted, cure: 'Correct the argument.' };
      }
    }
    for (const row of db.rows('MsiServiceConfigFailureActions')) {
      yield* badEvent(row);
      yield* badActions(row);
    }
  },
};

function* badEvent(row: Row): Iterable<Problem> {
  const event = row.number('Event');
  if (event >= 1 && event <= 7) return;
  yield {
    at: row.at('Event'),
    found: String(event),
    wanted: 'a sum of 1 install, 2 uninstall, 4 reinstall',
    cure: 'Say when the setting is made.',
  };
}

function* badActions(row: Row): Iterable<Problem> {
  const [actions, delays] = [configList(row.text('Actions')), configList(row.text('DelayActions'))];
  if (actions.length !== delays.length) {
    yield {
      at: row.at('DelayActions'),
      found: `${delays.length} delays for ${actions.length} actions`,
      wanted: 'as many',
      cure: 'Give every action a delay.',
    };
  }
  const bad = [
    ...actions.filter((action) => !/^[0-3]$/.test(action)),
    ...delays.filter((delay) => !/^\d+$/.test(delay)),
  ];
  if (bad.length > 0) {
    yield {
      at: row.at('Actions'),
      found: quoted(bad[0] ?? ''),
      wanted: 'actions 0 to 3 and delays in milliseconds',
      cure: 'Correct the list.',
    };
  }
  if (row.isNull('ResetPeriod')) {
    yield {
      at: row.at('ResetPeriod'),
      found: 'nothing, which means never',
      wanted: 'seconds after which the count of failures starts again',
      cure: 'Set ResetPeriod.',
      severity: 'warning',
    };
  }
}

const NO_ELEVATION = 8;

export const ice105: Rule = {
  id: 'ICE105',
  title: 'A package that needs no elevation changes nothing of the machine',
  severity: 'error',
  reason: 'The user lacks the rights, and the installation fails half way.',
  *check(db) {
    if (((db.summary.wordCount ?? 0) & NO_ELEVATION) === 0) return;
    for (const { row, what } of machineData(db)) {
      yield {
        at: row.at(),
        found: `${what} in a package without elevation`,
        wanted: 'data of the user only',
        cure: 'Install per machine (InstallScope="perMachine").',
      };
    }
  },
};

const HKLM = 2;

function machineData(db: DatabaseView): { readonly row: Row; readonly what: string }[] {
  return [
    ...db.rows('ServiceInstall').map((row) => ({ row, what: 'a service' })),
    ...db
      .rows('Registry')
      .filter((row) => row.number('Root') === HKLM)
      .map((row) => ({ row, what: 'a value of HKEY_LOCAL_MACHINE' })),
    ...[...db.derived(customActions).values()]
      .filter(({ type }) => type.inScript && type.noImpersonate)
      .map(({ row }) => ({ row, what: 'an elevated custom action' })),
  ];
}
