/**
 * What the package decides in each kind of run, computed from its tables: the run before leaves its registry to the next.
 * That Windows and Wine do what the tables say is for the end-to-end scenarios.
 */
import { describe, expect, test } from 'vitest';
import { path, type Registry, type RunResult, runMsi } from '../support/msi-run.ts';
import { compileProduct } from './support.ts';

const product = await compileProduct({ service: { startType: 'auto' } });
const nextVersion = await compileProduct({ version: '1.3.0' });

type Properties = Readonly<Record<string, string>>;

const install = (properties: Properties = {}, registry?: Registry) =>
  runMsi(product.database, { properties, ...(registry === undefined ? {} : { registry }) });
const again = (registry: Registry, properties: Properties = {}) =>
  runMsi(product.database, { registry, properties: { Installed: '00:00:00', ...properties } });
const repair = (registry: Registry) => again(registry, { REINSTALL: 'ALL', REINSTALLMODE: 'omus' });
const upgrade = (registry: Registry, properties: Properties = {}) =>
  runMsi(nextVersion.database, { registry, properties: { WIX_UPGRADE_DETECTED: '{OLD}', ...properties } });
const uninstall = (registry: Registry, properties: Properties = {}) =>
  again(registry, { REMOVE: 'ALL', ...properties });
/** The old version as the new one removes it. */
const removeForUpgrade = (registry: Registry, properties: Properties = {}) =>
  uninstall(registry, { UPGRADINGPRODUCTCODE: '{NEW}', ...properties });

const serviceKey = 'SYSTEM\\CurrentControlSet\\Services\\Vigil';
const productKey = 'SOFTWARE\\Vigil Project\\Vigil';
const settingsKey = `${productKey}\\Settings`;

/** The registry with what an administrator changed in the Services console. */
const edited = (registry: Registry, values: Properties): Registry =>
  new Map([...registry, ...Object.entries(values).map(([name, value]) => [path(serviceKey, name), value] as const)]);
const serviceValue = ({ registry }: RunResult, name: string): string | undefined =>
  registry.get(path(serviceKey, name));

/** Registered anew, kept, or not at all; with the account and start type that Windows has in the end. */
function outcome(run: RunResult): string {
  if (run.refusal !== undefined) return `refused: ${run.refusal}`;
  const registered = run.actions.has('InstallServices') ? 'registered' : 'kept';
  const started = run.actions.has('StartServices') ? 'started' : 'not started';
  const delayed = serviceValue(run, 'DelayedAutostart') === '#1' ? ' delayed' : '';
  return `${registered}, ${serviceValue(run, 'ObjectName')}, ${serviceValue(run, 'Start')}${delayed}, ${started}`;
}

const local = 'NT AUTHORITY\\LocalService';
const user = { SERVICEACCOUNT: 'CORP\\svc', SERVICEPASSWORD: 'secret' };
const asUser = install(user).registry;
const asDefault = install().registry;

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
    const gone = new Map([...asUser].filter(([name]) => !name.startsWith(serviceKey.toLowerCase())));
    expect(repair(gone).property('SERVICEACCOUNT')).toBe('CORP\\svc');
    expect(repair(gone).refusal).toMatch(/^SERVICEPASSWORD is missing: CORP\\svc/);
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

describe('settings', async () => {
  const settings = [
    { property: 'LISTENPORT', type: 'integer', minimum: 1, maximum: 65_535, default: '8080', description: 'Port.' },
    { property: 'REGION', type: 'choice', values: ['eu', 'us'], description: 'Region.' },
    { property: 'BANNER', description: 'Text.', default: 'Hello [x]', remembered: false },
    { property: 'VERBOSE', type: 'flag', description: 'More logs.' },
  ];
  const { database } = await compileProduct({ settings });
  const run = (properties: Properties, registry: Registry = new Map()) => runMsi(database, { properties, registry });
  const stored = ({ registry }: RunResult, name: string) => registry.get(path(settingsKey, name));

  test('are the given, else the remembered, else the default value', () => {
    const first = run({ LISTENPORT: '9000', PROFILE: 'test' });
    expect([stored(first, 'LISTENPORT'), stored(first, 'REGION'), stored(first, 'PROFILE')]).toEqual([
      '9000',
      '',
      'test',
    ]);
    const second = run({ REGION: 'eu' }, first.registry);
    expect([stored(second, 'LISTENPORT'), stored(second, 'REGION'), stored(second, 'PROFILE')]).toEqual([
      '9000',
      'eu',
      'test',
    ]);
    expect(stored(run({ PROFILE: 'dev' }, second.registry), 'PROFILE')).toBe('dev');
    expect(stored(run({}), 'LISTENPORT')).toBe('8080');
    expect(stored(run({}), 'PROFILE')).toBe('prod');
  });

  test('that are not remembered return to their default; brackets in it are text', () => {
    const first = run({ BANNER: 'Good [day] "you"' });
    expect(stored(first, 'BANNER')).toBe('Good [day] "you"');
    expect(stored(run({}, first.registry), 'BANNER')).toBe('Hello [x]');
  });

  test.each([
    ['LISTENPORT', '0', 'an integer from 1 to 65535'],
    ['LISTENPORT', '65536', 'an integer from 1 to 65535'],
    ['LISTENPORT', 'http', 'an integer from 1 to 65535'],
    ['REGION', 'EU', 'eu or us'],
    ['BANNER', '#1', 'a text that does not start with #'],
    ['VERBOSE', 'yes', '1 or 0'],
    ['NOSTART', 'true', '1 or 0'],
    ['REMOVEDATA', 'yes', '1 or 0'],
    ['PROFILE', 'production', 'dev, test or prod'],
  ])('refuse %s=%s, except in an uninstallation', (name, value, expected) => {
    expect(run({ [name]: value }).refusal).toBe(`${name} is "${value}", expected ${expected}.`);
    expect(run({ [name]: value, Installed: '1', REMOVE: 'ALL' }, run({}).registry).refusal).toBeUndefined();
  });
});

describe('folders', () => {
  const custom = { INSTALLDIR: 'D:\\Apps\\Vigil', DATADIR: 'E:\\Vigil data' };

  test('are remembered with a backslash at their end', () => {
    const first = install(custom);
    for (const run of [first, upgrade(first.registry), repair(first.registry), uninstall(first.registry)]) {
      expect([run.property('INSTALLDIR'), run.property('DATADIR')]).toEqual(['D:\\Apps\\Vigil\\', 'E:\\Vigil data\\']);
      expect(run.property('ARPINSTALLLOCATION')).toBe('D:\\Apps\\Vigil\\');
    }
    expect(serviceValue(first, 'ImagePath')).toBe('#%"D:\\Apps\\Vigil\\vigil.exe" service');
  });

  test('move a service that is kept along', () => {
    const moved = upgrade(asUser, custom);
    expect(outcome(moved)).toMatch(/^kept/);
    expect(serviceValue(moved, 'ImagePath')).toBe('#%"D:\\Apps\\Vigil\\vigil.exe" service');
  });

  test.each([
    ['the root of a drive', { DATADIR: 'D:\\' }, /^DATADIR is "D:\\", expected the full path/],
    ['a drive', { INSTALLDIR: 'D:' }, /^INSTALLDIR is "D:\\", expected/],
    ['a share', { INSTALLDIR: '\\\\server\\share\\vigil' }, /^INSTALLDIR is/],
    ['a relative path', { DATADIR: 'data' }, /^DATADIR is/],
    [
      'the program in the data folder',
      { INSTALLDIR: 'D:\\V\\bin', DATADIR: 'd:\\v' },
      /^INSTALLDIR is .* outside of DATADIR/,
    ],
  ])('are refused: %s', (_what, properties, message) => {
    expect(install(properties).refusal).toMatch(message);
  });

  test('whose names begin alike are not one in the other', () => {
    expect(install({ INSTALLDIR: 'D:\\Vigil App', DATADIR: 'D:\\Vigil' }).refusal).toBeUndefined();
  });

  test('are locked for the account that the service runs as, the program folder only outside Program Files', () => {
    const permissions = (properties: Properties) => install(properties).permissions;
    expect(permissions({})).toEqual(['DataAccessLocalService']);
    expect(permissions({ SERVICEACCOUNT: 'NT Authority\\NetworkService' })).toEqual(['DataAccessNetworkService']);
    expect(permissions(user)).toEqual(['DataAccessServiceSid']);
    expect(permissions({ SERVICEACCOUNT: 'LocalSystem' })).toEqual(['DataAccessServiceSid']);
    expect([...permissions(custom)].sort()).toEqual(['DataAccessLocalService', 'InstallFolderAccess']);
  });
});

describe('removal', () => {
  const first = install({ DATADIR: 'E:\\Vigil data' }).registry;
  const removed = ['E:\\Vigil data\\|*.y*', 'E:\\Vigil data\\logs|', 'E:\\Vigil data\\logs|*'];

  test('deletes service and registry values, but not for an upgrade', () => {
    for (const action of ['DeleteServices', 'RemoveRegistryValues']) {
      expect(uninstall(first).actions).toContain(action);
      expect(removeForUpgrade(first).actions).not.toContain(action);
    }
    expect(removeForUpgrade(first).actions).toContain('StopServices');
    expect(again(first).actions).not.toContain('RemoveRegistryValues');
  });

  test('takes the data only with REMOVEDATA=1, and never for an upgrade or a new run', () => {
    const asked = { REMOVEDATA: '1' };
    expect(uninstall(first, asked).removedFiles).toEqual(expect.arrayContaining(removed));
    expect(uninstall(first, asked).removedFiles).toHaveLength(5);
    for (const run of [
      uninstall(first),
      uninstall(first, { REMOVEDATA: '0' }),
      removeForUpgrade(first, asked),
      again(first, asked),
      install(asked),
    ]) {
      expect(run.removedFiles).toEqual([]);
    }
  });
});

describe('the kind of run', () => {
  test('the same package again reinstalls everything', () => {
    const run = again(asDefault);
    expect([run.property('REINSTALL'), run.property('REINSTALLMODE')]).toEqual(['ALL', 'amus']);
  });

  test('a repair keeps its own mode, and other runs reinstall nothing', () => {
    expect(repair(asDefault).property('REINSTALLMODE')).toBe('omus');
    const advertised = again(new Map(), { ProductState: '1' });
    for (const run of [install(), upgrade(asDefault), uninstall(asDefault), advertised]) {
      expect(run.property('REINSTALL')).toBe('');
    }
  });
});
