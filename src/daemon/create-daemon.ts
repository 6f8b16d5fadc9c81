/** Puts the daemon together for this machine: its folders, its clock. Loaded only when a host is connected. */
import { homedir } from 'node:os';
import { systemClock } from '../clock.ts';
import { registeredDataDir } from '../host/registered-data-dir.ts';
import { bundledWorkers } from '../product/bundled-workers.ts';
import { product } from '../product/identity.ts';
import { resolveDataPaths } from '../product/paths.ts';
import { Daemon } from './daemon.ts';

export interface DaemonChoices {
  readonly dataDir?: string;
  readonly heartbeatMs?: number;
}

/** `onWarning` is told what an administrator should know although the daemon goes on. */
export function createDaemon({ dataDir, heartbeatMs }: DaemonChoices, onWarning?: (message: string) => void): Daemon {
  const registry = lookUpDataDir();
  const paths = resolveDataPaths(product.name, {
    platform: process.platform,
    env: process.env,
    homeDir: homedir(),
    registryDataDir: registry.dataDir,
    chosenDataDir: dataDir,
  });
  for (const warning of registry.warnings) onWarning?.(warning);
  return new Daemon({
    product,
    paths,
    clock: systemClock,
    workers: Object.keys(bundledWorkers),
    warnings: registry.warnings,
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    ...(onWarning === undefined ? {} : { onWarning }),
  });
}

/** A registry value that cannot be read is no reason not to guard anything: the usual folder serves. */
function lookUpDataDir(): { readonly dataDir?: string | undefined; readonly warnings: readonly string[] } {
  try {
    return { dataDir: registeredDataDir(product), warnings: [] };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { warnings: [`Cannot read the data folder from the registry, using the usual one: ${found}`] };
  }
}
