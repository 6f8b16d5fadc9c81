/** The account of the service: which one it is, whether it has a password, and what is refused. */
import type { Setting } from '../product/settings.ts';
import { describeAllowed } from '../product/settings.ts';
import { refuse, type Step, set, textOf } from './step.ts';
import { formatted, formattedLiteral, type WixText } from './wix-text.ts';

const is = (account: string): string => `SERVICEACCOUNT ~= "${account}"`;

/** SCM's names hold on Windows of every language ("LocalService Account"). */
const builtIn = ['LocalSystem', 'NT AUTHORITY\\LocalService', 'NT AUTHORITY\\NetworkService'] as const;

export const isLocalService = is(builtIn[1]);
export const isNetworkService = is(builtIn[2]);

/** Given, else that of the installed service, else remembered, else the product's. */
export function accountSteps({ defaultValue = '' }: Setting): readonly Step[] {
  const missing = 'NOT SERVICEACCOUNT';
  return [
    set('SERVICEACCOUNT', textOf('EXISTINGACCOUNT'), {
      variant: 'Existing',
      condition: `${missing} AND EXISTINGACCOUNT`,
    }),
    set('SERVICEACCOUNT', textOf('REMEMBERED_SERVICEACCOUNT'), {
      variant: 'Remembered',
      condition: `${missing} AND REMEMBERED_SERVICEACCOUNT`,
    }),
    set('SERVICEACCOUNT', formattedLiteral(defaultValue), { variant: 'Default', condition: missing }),
    set('PasswordAccount', formatted('1'), {
      condition: `NOT (${is(builtIn[0])} OR SERVICEACCOUNT ~<< "NT AUTHORITY\\" OR SERVICEACCOUNT ~<< "NT SERVICE\\" OR SERVICEACCOUNT >> "$")`,
    }),
  ];
}

/** After `KeepService` is known. `serviceName` holds no character that a condition gives a meaning to. */
export function accountRefusals(setting: Setting, serviceName: string): readonly Step[] {
  const allowed = formattedLiteral(describeAllowed(setting.allowed));
  const wrong = message(`SERVICEACCOUNT is "[SERVICEACCOUNT]", expected ${allowed}.`);
  return [
    set('KnownAccount', formatted('1'), { condition: [...builtIn, `NT SERVICE\\${serviceName}`].map(is).join(' OR ') }),
    refuse('UnknownAccount', 'NOT KnownAccount AND NOT PasswordAccount AND NOT (SERVICEACCOUNT >> "$")', wrong),
    refuse(
      'UnqualifiedAccount',
      'NOT KnownAccount AND (NOT (SERVICEACCOUNT >< "\\") OR SERVICEACCOUNT << "\\" OR SERVICEACCOUNT >> "\\" OR SERVICEACCOUNT << "#")',
      wrong,
    ),
    refuse(
      'MissingPassword',
      'PasswordAccount AND NOT SERVICEPASSWORD AND NOT KeepService',
      message(
        'SERVICEPASSWORD is missing: [SERVICEACCOUNT] has a password, and the service is not installed under that account yet.',
      ),
    ),
    refuse(
      'UselessPassword',
      'SERVICEPASSWORD AND NOT PasswordAccount',
      message(
        'SERVICEPASSWORD is given, but [SERVICEACCOUNT] has no password; give SERVICEACCOUNT as well, or neither.',
      ),
    ),
  ];
}

const message = (text: string): WixText => formatted(text);
