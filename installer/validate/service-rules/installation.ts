/** VGL-S13 to VGL-S17: how a service is installed. */
import { accountKind } from '../accounts.ts';
import { keyPathRow } from '../components.ts';
import type { DatabaseView, Row } from '../database-view.ts';
import { folders, namesOf } from '../directories.ts';
import { configList } from '../failure-actions.ts';
import { type Problem, quoted } from '../finding.ts';
import { unescapeFormatted } from '../formatted-text.ts';
import type { Rule } from '../rule.ts';
import { INTERACTIVE, services, startType, VITAL } from '../services.ts';

export const keyPathIsExecutable: Rule = {
  id: 'VGL-S13',
  title: 'The key path of a service component is its executable, in a folder that users cannot write to',
  severity: 'error',
  reason: 'Windows Installer takes the image path of the service from the key path.',
  *check(db) {
    for (const { row } of db.derived(services)) {
      const component = db.find('Component', row.text('Component_'));
      if (component === undefined) continue;
      const file = keyPathRow(db, component);
      const name = file?.table.name === 'File' ? namesOf(file.text('FileName')).long : '';
      if (!/\.exe$/i.test(name)) {
        yield {
          at: component.at('KeyPath'),
          found: name === '' ? 'no file' : quoted(name),
          wanted: `the executable of service ${quoted(row.key)}`,
          cure: 'Set KeyPath="yes" on the executable.',
        };
      }
      yield* unprotectedFolder(db, component);
    }
  },
};

/** Folders to which Windows gives ordinary users no right to write. */
const protectedFolders = /^(ProgramFiles|CommonFiles|System|Windows)(64|16)?Folder$/;

function* unprotectedFolder(db: DatabaseView, component: Row): Iterable<Problem> {
  const folder = db.derived(folders).get(component.text('Directory_'));
  if (folder === undefined || protectedFolders.test(folder.base)) return;
  yield {
    at: component.at('Directory_'),
    found: `a folder below ${folder.base}`,
    wanted: 'one below Program Files',
    cure: 'Install the executable below ProgramFiles64Folder.',
    severity: 'warning',
  };
}

const [OWN_PROCESS, SHARE_PROCESS] = [0x10, 0x20];
const MAX_NAME = 256;

export const serviceNameAndType: Rule = {
  id: 'VGL-S14',
  title: 'Name, type, start type and dependencies of a service are such as Windows Installer supports',
  severity: 'error',
  reason: 'InstallServices fails with error 1923, which speaks of privileges and helps nobody.',
  *check(db) {
    for (const { name, row } of db.derived(services)) {
      if (name === '' || name.length > MAX_NAME || /[/\\]/.test(name)) {
        yield {
          at: row.at('Name'),
          found: quoted(name),
          wanted: 'at most 256 characters without / or \\',
          cure: 'Rename the service.',
        };
      }
      const kind = row.number('ServiceType') & ~INTERACTIVE;
      if (kind !== OWN_PROCESS && kind !== SHARE_PROCESS) {
        yield {
          at: row.at('ServiceType'),
          found: String(row.number('ServiceType')),
          wanted: '16 or 32',
          cure: 'Drivers are not installed this way.',
        };
      }
      const start = row.number('StartType');
      if (start < startType.auto || start > startType.disabled) {
        yield {
          at: row.at('StartType'),
          found: String(start),
          wanted: '2, 3 or 4',
          cure: 'Use auto, demand or disabled.',
        };
      }
      yield* badDependencies(name, row);
    }
  },
};

function* badDependencies(name: string, row: Row): Iterable<Problem> {
  const list = row.text('Dependencies');
  if (list === '') return;
  if (!list.endsWith('[~][~]')) {
    yield {
      at: row.at('Dependencies'),
      found: quoted(list),
      wanted: 'a list that ends with [~][~]',
      cure: 'Add [~][~] at the end.',
    };
  }
  if (configList(list).some((member) => unescapeFormatted(member).toLowerCase() === name.toLowerCase())) {
    yield {
      at: row.at('Dependencies'),
      found: 'the service itself',
      wanted: 'other services',
      cure: 'Remove it from its own list.',
    };
  }
}

export const notInteractive: Rule = {
  id: 'VGL-S15',
  title: 'No service is interactive',
  severity: 'error',
  reason:
    'Services have had no desktop since Windows Vista, and one with another account than LocalSystem cannot be created.',
  *check(db) {
    for (const { row } of db.derived(services)) {
      if ((row.number('ServiceType') & INTERACTIVE) === 0) continue;
      yield {
        at: row.at('ServiceType'),
        found: 'an interactive service',
        wanted: 'one without a desktop',
        cure: 'Remove Interactive="yes".',
      };
    }
  },
};

export const accountForm: Rule = {
  id: 'VGL-S16',
  title: 'The account of a service has a form that Windows takes, with a password only where there is one',
  severity: 'error',
  reason: 'A managed or built-in account with a password, or an account without its domain, cannot be used.',
  *check(db) {
    for (const { row } of db.derived(services)) {
      const account = row.text('StartName');
      const kind = accountKind(unescapeFormatted(account));
      const hasPassword = !row.isNull('Password');
      if (kind === 'unqualified') {
        yield {
          at: row.at('StartName'),
          found: quoted(account),
          wanted: 'DOMAIN\\user, .\\user, or an account such as NT AUTHORITY\\LocalService',
          cure: 'Name the domain too.',
        };
      } else if (kind === 'user' && !hasPassword) {
        yield {
          at: row.at('Password'),
          found: `nothing for ${quoted(account)}`,
          wanted: 'a property with the password',
          cure: 'Add Password="[SERVICEPASSWORD]".',
          severity: 'warning',
        };
      } else if (kind !== 'user' && kind !== 'unknown' && hasPassword) {
        yield {
          at: row.at('Password'),
          found: `a password for ${quoted(account === '' ? 'LocalSystem' : account)}`,
          wanted: 'none',
          cure: 'Remove the password.',
        };
      }
    }
  },
};

export const vitalService: Rule = {
  id: 'VGL-S17',
  title: 'An installation fails when its service cannot be installed',
  severity: 'warning',
  reason: 'Otherwise a deployment tool reports success, and the service is missing.',
  *check(db) {
    for (const { row } of db.derived(services)) {
      if ((row.number('ErrorControl') & VITAL) !== 0) continue;
      yield {
        at: row.at('ErrorControl'),
        found: String(row.number('ErrorControl')),
        wanted: 'the bit 0x8000',
        cure: 'Write Vital="yes".',
      };
    }
  },
};
