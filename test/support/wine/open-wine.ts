import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyPrefixTemplate, ensurePrefixTemplate } from './prefix-template.ts';
import { type WineCache, wineCache } from './wine-cache.ts';
import { wineEnvironment } from './wine-environment.ts';
import { findWineInstallation } from './wine-installation.ts';
import { WinePrefix } from './wine-prefix.ts';
import { WineRunner } from './wine-runner.ts';

/**
 * Entry of the Wine library: finds or makes Wine 10 or newer and hands out fresh Windows machines.
 * What Wine does not do (failure actions, accounts, access lists, event records, SHUTDOWN) is not shown by it.
 */
export interface Wine {
  /** As `wine --version` prints it. */
  readonly version: string;
  /** A fresh, booted prefix. Dispose of it to end its processes and delete it; `keep` leaves its files. */
  createPrefix(options?: { readonly keep?: boolean }): Promise<WinePrefix>;
}

export interface OpenWineOptions {
  /** Told about steps that take long. */
  readonly log?: (line: string) => void;
  readonly cache?: WineCache;
}

/** @throws WineError `unavailable` when this machine cannot have Wine; the message says what is missing. */
export async function openWine({ log = () => {}, cache = wineCache() }: OpenWineOptions = {}): Promise<Wine> {
  deleteAbandonedPrefixes(cache);
  const installation = await findWineInstallation(cache, log);
  const template = await ensurePrefixTemplate(installation, cache, log);
  let count = 0;
  return {
    version: installation.version,
    async createPrefix({ keep = false } = {}) {
      const folder = join(cache.prefixes, `${keep ? 'kept-' : ''}${process.pid}-${Date.now()}-${++count}`);
      const prefixFolder = join(folder, 'prefix');
      mkdirSync(folder, { recursive: true });
      if (!keep) deleteAtExit(folder);
      copyPrefixTemplate(template, prefixFolder);
      const env = wineEnvironment(prefixFolder, join(folder, 'home'));
      const prefix = new WinePrefix(folder, await WineRunner.open(installation, env, cache), keep);
      await prefix.boot();
      return prefix;
    },
  };
}

/** Prefixes of processes that were killed before they could tidy up. */
function deleteAbandonedPrefixes(cache: WineCache): void {
  if (!existsSync(cache.prefixes)) return;
  for (const name of readdirSync(cache.prefixes)) {
    const owner = /^\d+(?=-)/.exec(name)?.[0];
    if (owner !== undefined && !isAlive(Number(owner)))
      rmSync(join(cache.prefixes, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Deleted when this process ends, each by one hook for all: a long run makes more prefixes than Node likes hooks. */
const foldersToDelete = new Set<string>();

function deleteAtExit(folder: string): void {
  if (foldersToDelete.size === 0) {
    process.once('exit', () => {
      for (const path of foldersToDelete) rmSync(path, { recursive: true, force: true });
    });
  }
  foldersToDelete.add(folder);
}
