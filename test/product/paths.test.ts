import { describe, expect, test } from 'vitest';
import { type PathSources, resolveDataPaths } from '../../src/product/paths.ts';

const windows: PathSources = {
  platform: 'win32',
  env: { ProgramData: 'D:\\ProgramData', VIGIL_DATA_DIR: 'C:\\from env' },
  homeDir: 'C:\\Users\\a',
  registryDataDir: 'C:\\from registry',
  chosenDataDir: 'C:\\chosen',
};

describe('resolveDataPaths', () => {
  test.each<[string, Partial<PathSources>, string]>([
    ['the choice of the user', {}, 'C:\\chosen'],
    ['the registry', { chosenDataDir: undefined }, 'C:\\from registry'],
    ['the environment', { chosenDataDir: undefined, registryDataDir: undefined }, 'C:\\from env'],
    [
      'ProgramData',
      { chosenDataDir: '', registryDataDir: ' ', env: { ProgramData: 'D:\\ProgramData' } },
      'D:\\ProgramData\\Acme',
    ],
    ['C:\\ProgramData', { chosenDataDir: undefined, registryDataDir: undefined, env: {} }, 'C:\\ProgramData\\Acme'],
  ])('takes %s, each before the next', (_what, change, dataDir) => {
    expect(resolveDataPaths('Acme', { ...windows, ...change })).toEqual({
      dataDir,
      logsDir: `${dataDir}\\logs`,
      stateDir: `${dataDir}\\state`,
    });
  });

  test.each([
    [{}, '/home/a/.local/state/acme'],
    [{ XDG_STATE_HOME: '/var/state' }, '/var/state/acme'],
    [{ VIGIL_DATA_DIR: '/srv/a b' }, '/srv/a b'],
  ])('uses the XDG state folder elsewhere: %j', (env, dataDir) => {
    expect(resolveDataPaths('Acme', { platform: 'linux', env, homeDir: '/home/a' })).toEqual({
      dataDir,
      logsDir: `${dataDir}/logs`,
      stateDir: `${dataDir}/state`,
    });
  });
});
