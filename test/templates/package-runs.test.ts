/** What becomes of settings, folders and data in each kind of run. */
import { describe, expect, test } from 'vitest';
import { path, type Registry, type RunResult, runMsi } from '../support/msi-run.ts';
import {
  again,
  asDefault,
  asUser,
  install,
  outcome,
  type Properties,
  removeForUpgrade,
  repair,
  serviceValue,
  settingsKey,
  uninstall,
  upgrade,
  user,
} from './runs.ts';
import { compileProduct } from './support.ts';

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
