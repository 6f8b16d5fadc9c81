/** Puts the daemon together for this machine: its folders, its clock. Loaded only when a host is connected. */
import { homedir } from 'node:os';
import { systemClock } from '../clock.ts';
import { registeredDataDir } from '../host/registered-data-dir.ts';
import { product } from '../product/identity.ts';
import { resolveDataPaths } from '../product/paths.ts';
import { Daemon } from './daemon.ts';

export interface DaemonChoices {
  readonly dataDir?: string;
  readonly heartbeatMs?: number;
}

export function createDaemon(choices: DaemonChoices, onWarning?: (message: string) => void): Daemon {
  const paths = resolveDataPaths(product.name, {
    platform: process.platform,
    env: process.env,
    homeDir: homedir(),
    registryDataDir: registeredDataDir(product),
    chosenDataDir: choices.dataDir,
  });
  const { heartbeatMs } = choices;
  return new Daemon({
    product,
    paths,
    clock: systemClock,
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    ...(onWarning === undefined ? {} : { onWarning }),
  });
}
