/**
 * Where the daemon's files are. The MSI records the data folder in the registry; run from source it may be set by the
 * environment. Pure: the caller looks up the registry and hands in the environment. Creates nothing.
 */
import { posix, win32 } from 'node:path';

export interface DataPaths {
  readonly dataDir: string;
  readonly logsDir: string;
  readonly stateDir: string;
}

export interface PathSources {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  /** `DataDir` below `productRegistryKey`, when there is one. */
  readonly registryDataDir?: string | undefined;
  /** The user's own choice (`--data-dir`); goes before everything else. */
  readonly chosenDataDir?: string | undefined;
}

/** The first that is set: the user's choice, the registry, `VIGIL_DATA_DIR`, the platform's usual place. */
export function resolveDataPaths(productName: string, sources: PathSources): DataPaths {
  const path = sources.platform === 'win32' ? win32 : posix;
  const { chosenDataDir, registryDataDir, env } = sources;
  const dataDir =
    present(chosenDataDir) ??
    present(registryDataDir) ??
    present(env.VIGIL_DATA_DIR) ??
    usualDataDir(productName, sources);
  return { dataDir, logsDir: path.join(dataDir, 'logs'), stateDir: path.join(dataDir, 'state') };
}

/** `%ProgramData%\<name>`, or the state folder of the XDG base directory specification. */
function usualDataDir(productName: string, { platform, env, homeDir }: PathSources): string {
  if (platform === 'win32') return win32.join(present(env.ProgramData) ?? 'C:\\ProgramData', productName);
  const stateHome = present(env.XDG_STATE_HOME) ?? posix.join(homeDir, '.local', 'state');
  return posix.join(stateHome, productName.toLowerCase());
}

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
