/** What becomes of the service in each kind of run: account, start type, recovery. */
import { describe, expect, test } from 'vitest';
import { path, type RunResult, runMsi } from '../support/msi-run.ts';
import {
  again,
  asDefault,
  asUser,
  edited,
  install,
  local,
  outcome,
  repair,
  serviceKey,
  serviceValue,
  uninstall,
  upgrade,
  user,
  withoutService,
} from './runs.ts';
import { compileProduct } from './support.ts';

describe('the account', () => {
  test.each<[string, RunResult, string]>([
    ['new, nothing given', install(), `registered, ${local}, #2, started`],
    ['new, Local System', install({ SERVICEACCOUNT: 'LocalSystem' }), 'registered, LocalSystem, #2, started'],
    [
      'new, Network Service, letters as they come',
      install({ SERVICEACCOUNT: 'nt authority\\networkservice' }),
      'registered, nt authority\\networkservice, #2, started',
    ],
    ['new, virtual', install({ SERVICEACCOUNT: 'NT SERVICE\\Vigil' }), 'registered, NT SERVICE\\Vigil, #2, started'],
    ['new, managed', install({ SERVICEACCOUNT: 'CORP\\svc$' }), 'registered, CORP\\svc$, #2, started'],
    ['new, user with password', install(user), 'registered, CORP\\svc, #2, started'],
    ['new, local user', install({ ...user, SERVICEACCOUNT: '.\\svc' }), 'registered, .\\svc, #2, started'],
    ['upgrade of the default', upgrade(asDefault), `registered, ${local}, #2, started`],
    ['upgrade of a user', upgrade(asUser), 'kept, CORP\\svc, #2, started'],
    ['repair of a user', repair(asUser), 'kept, CORP\\svc, #2, started'],
    [
      'upgrade of a user, the same account given',
      upgrade(asUser, { SERVICEACCOUNT: 'corp\\SVC' }),
      'kept, CORP\\svc, #2, started',
    ],
    [
      'upgrade of a user with a new password',
      upgrade(asUser, { SERVICEPASSWORD: 'new' }),
      'registered, CORP\\svc, #2, started',
    ],
    [
      'upgrade of an account that an administrator chose',
      upgrade(edited(asDefault, { ObjectName: 'CORP\\other' })),
      'kept, CORP\\other, #2, started',
    ],
    [
      'upgrade from a user back to the default',
      upgrade(asUser, { SERVICEACCOUNT: local }),
      `registered, ${local}, #2, started`,
    ],
    [
      'new run from the default to a managed account',
      again(asDefault, { SERVICEACCOUNT: 'CORP\\svc$' }),
      'registered, CORP\\svc$, #2, started',
    ],
  ])('%s', (_what, run, expected) => {
    expect(outcome(run)).toBe(expected);
  });

  test('of a service that somebody deleted is remembered, but not its password', () => {
    const run = repair(withoutService(asUser));
    expect(run.property('SERVICEACCOUNT')).toBe('CORP\\svc');
    expect(run.refusal).toMatch(/^SERVICEPASSWORD is missing: CORP\\svc/);
    expect([...asUser.values()]).not.toContain('secret');
  });
});

describe('an account is refused', () => {
  test.each([
    ['svc', /^SERVICEACCOUNT is "svc", expected LocalSystem, /],
    ['svc@corp.example', /^SERVICEACCOUNT is/],
    ['\\svc', /^SERVICEACCOUNT is/],
    ['CORP\\', /^SERVICEACCOUNT is/],
    ['svc$', /^SERVICEACCOUNT is/],
    ['NT AUTHORITY\\Local Service', /^SERVICEACCOUNT is "NT AUTHORITY\\Local Service", expected/],
    ['NT-AUTORITÄT\\Lokaler Dienst', /^SERVICEPASSWORD is missing/],
    ['NT SERVICE\\Another', /^SERVICEACCOUNT is/],
    ['CORP\\svc', /^SERVICEPASSWORD is missing: CORP\\svc has a password/],
  ])('%s', (account, message) => {
    expect(install({ SERVICEACCOUNT: account }).refusal).toMatch(message);
    expect(uninstall(asDefault, { SERVICEACCOUNT: account }).refusal).toBeUndefined();
  });

  test('a password for an account that has none', () => {
    expect(install({ SERVICEPASSWORD: 'x' }).refusal).toMatch(/^SERVICEPASSWORD is given, but NT AUTHORITY/);
  });

  test('another user without a password, where one is installed', () => {
    expect(upgrade(asUser, { SERVICEACCOUNT: 'CORP\\other' }).refusal).toMatch(/^SERVICEPASSWORD is missing/);
  });
});

describe('the start type', () => {
  const disabled = edited(asDefault, { Start: '#4' });
  const demand = install({ STARTTYPE: 'demand' }).registry;
  const delayed = install({ STARTTYPE: 'delayed' }).registry;
  test.each<[string, RunResult, string]>([
    ['new, delayed', install({ STARTTYPE: 'delayed' }), `registered, ${local}, #2 delayed, started`],
    ['new, demand', install({ STARTTYPE: 'demand' }), `registered, ${local}, #3, not started`],
    ['new, disabled', install({ STARTTYPE: 'disabled' }), `registered, ${local}, #4, not started`],
    ['new, NOSTART', install({ NOSTART: '1' }), `registered, ${local}, #2, not started`],
    ['new, NOSTART=0', install({ NOSTART: '0' }), `registered, ${local}, #2, started`],
    ['upgrade of demand', upgrade(demand), `kept, ${local}, #3, not started`],
    [
      'upgrade of what the console set to demand',
      upgrade(edited(asDefault, { Start: '#3' })),
      `kept, ${local}, #3, not started`,
    ],
    [
      'upgrade of what the console set to auto',
      upgrade(edited(demand, { Start: '#2' })),
      `registered, ${local}, #2, started`,
    ],
    [
      'repair of a demand service that is gone',
      repair(withoutService(demand)),
      `registered, ${local}, #3, not started`,
    ],
    ['upgrade of delayed', upgrade(delayed), `registered, ${local}, #2 delayed, started`],
    ['upgrade of what was disabled in the console', upgrade(disabled), `kept, ${local}, #4, not started`],
    ['repair of what was disabled in the console', repair(disabled), `kept, ${local}, #4, not started`],
    ['new run from disabled to auto', again(disabled, { STARTTYPE: 'auto' }), `registered, ${local}, #2, started`],
    [
      'new run from disabled to demand',
      again(disabled, { STARTTYPE: 'demand' }),
      `registered, ${local}, #3, not started`,
    ],
    ['new run from delayed to auto', again(delayed, { STARTTYPE: 'auto' }), `registered, ${local}, #2, started`],
    ['upgrade of a user to demand', upgrade(asUser, { STARTTYPE: 'demand' }), 'kept, CORP\\svc, #3, not started'],
    [
      'upgrade of a disabled user to auto: the SCM could not start it',
      upgrade(edited(asUser, { Start: '#4' }), { STARTTYPE: 'auto' }),
      'kept, CORP\\svc, #2, not started',
    ],
    ['upgrade of a user to delayed', upgrade(asUser, { STARTTYPE: 'delayed' }), 'kept, CORP\\svc, #2 delayed, started'],
  ])('%s', (_what, run, expected) => {
    expect(outcome(run)).toBe(expected);
  });

  test('is delayed by the SCM only for what it starts by itself', () => {
    const disabledUser = edited(asUser, { Start: '#4' });
    expect(install({ STARTTYPE: 'delayed' }).property('ScmDelayed')).toBe('1');
    expect(upgrade(asUser, { STARTTYPE: 'delayed' }).property('ScmDelayed')).toBe('1');
    expect(upgrade(disabledUser, { STARTTYPE: 'delayed' }).property('ScmDelayed')).toBe('0');
    expect(install().property('ScmDelayed')).toBe('0');
  });

  test('of a product that is disabled or on demand can still be auto', async () => {
    const { database } = await compileProduct({ service: { startType: 'disabled' } });
    expect(outcome(runMsi(database))).toBe(`registered, ${local}, #4, not started`);
    expect(outcome(runMsi(database, { properties: { STARTTYPE: 'auto' } }))).toBe(`registered, ${local}, #2, started`);
  });

  test.each(['Auto', 'manual', '2'])('is refused when it is %s', (value) => {
    expect(install({ STARTTYPE: value }).refusal).toBe(
      `STARTTYPE is "${value}", expected auto, delayed, demand or disabled.`,
    );
  });
});

describe('recovery', () => {
  const recoveryOf = (run: RunResult) => serviceValue(run, 'FailureActions');
  const usual = recoveryOf(install()) ?? '';
  const withPassword = recoveryOf(install(user)) ?? '';
  const chosen = '#x100E0000000000000000000001000000140000000100000060EA0000';

  test('ends with none for an account with a password, and with what the product says for others', () => {
    expect(usual).toBe('#x840300000000000000000000030000001400000001000000C0D4010001000000E093040001000000E0930400');
    expect(withPassword).toMatch(/01000000E09304000000000000000000$/);
  });

  test.each<[string, RunResult, string]>([
    ['an upgrade', upgrade(edited(asDefault, { FailureActions: chosen })), chosen],
    ['a repair', repair(edited(asDefault, { FailureActions: chosen })), chosen],
    ['a new account', again(edited(asDefault, { FailureActions: chosen }), user), chosen],
  ])('that an administrator chose survives %s', (_what, run, expected) => {
    expect(recoveryOf(run)).toBe(expected);
    expect(run.components).not.toContain('Recovery');
    expect(run.components).not.toContain('RecoveryWithPassword');
  });

  test('that nobody changed follows the product and the account', async () => {
    const changed = await compileProduct({ service: { recovery: { resetPeriodSeconds: 1200 } } });
    const later = runMsi(changed.database, { registry: asDefault });
    expect(recoveryOf(later)).toMatch(/^#xB0040000/);
    expect(recoveryOf(again(asDefault, user))).toBe(withPassword);
    expect(recoveryOf(again(asUser, { SERVICEACCOUNT: local }))).toBe(usual);
  });

  test('that was deleted is written again', () => {
    const deleted = new Map([...asDefault].filter(([name]) => name !== path(serviceKey, 'FailureActions')));
    expect(recoveryOf(repair(deleted))).toBe(usual);
  });
});
