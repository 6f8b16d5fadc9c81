import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withExclusiveLock } from './exclusive.ts';
import type { WineCache } from './wine-cache.ts';
import { wineEnvironment } from './wine-environment.ts';
import { WineError } from './wine-error.ts';
import type { WineInstallation } from './wine-installation.ts';
import { WineRunner } from './wine-runner.ts';

/**
 * A fresh prefix, made once per Wine version (13 s) and copied for each test (well under a second): Wine's own large
 * files as hard links, the rest as real copies. A program that writes into a linked file would change the template, so the
 * template carries an inventory (size and time of each file) that is checked before each copy.
 */
export interface PrefixTemplate {
  readonly folder: string;
}

export async function ensurePrefixTemplate(
  installation: WineInstallation,
  cache: WineCache,
  log: (line: string) => void,
): Promise<PrefixTemplate> {
  const name = installation.version.replaceAll(/[^\w.~-]+/g, '_');
  const finished = join(cache.templates, name);
  const onWait = () => log('waiting for another run that is making the Wine prefix template');
  return withExclusiveLock(join(cache.locks, `template-${name}.lock`), onWait, async () => {
    if (isUnchanged(finished)) return { folder: finished };
    rmSync(finished, { recursive: true, force: true });
    const partial = join(cache.templates, `partial-${name}`);
    rmSync(partial, { recursive: true, force: true });
    log(`making a Wine prefix template for ${installation.version} (once, about 15 s)`);
    await bootNewPrefix(partial, installation, cache);
    writeFileSync(join(partial, inventoryName), takeInventory(partial));
    renameSync(partial, finished);
    return { folder: finished };
  });
}

/** @throws WineError `failed` when a program has changed the template; it is made anew in the next run. */
export function copyPrefixTemplate(template: PrefixTemplate, target: string): void {
  if (!isUnchanged(template.folder)) {
    throw new WineError(
      'failed',
      `Cannot copy the Wine prefix template: a program changed a file of it, see "${template.folder}"`,
    );
  }
  mkdirSync(target, { recursive: true });
  for (const name of copiedParts) linkTree(join(template.folder, name), join(target, name));
  for (const name of readdirSync(template.folder).filter(isRegistryFile)) {
    copyFileSync(join(template.folder, name), join(target, name));
  }
}

/** Whether the folder is a template and each file still has the size and time it was made with. */
export function isUnchanged(folder: string): boolean {
  const inventory = join(folder, inventoryName);
  return existsSync(inventory) && readFileSync(inventory, 'utf8') === takeInventory(folder);
}

const inventoryName = 'inventory.txt';
/** Smaller files are copied: settings that programs rewrite are among them, and they cost nothing. */
const linkedFromBytes = 16 * 1024;
const bootTimeoutMs = 180_000;
// Not `wineserver`: that file names the socket of the server that made the template.
const copiedParts = ['.update-timestamp', 'dosdevices', 'drive_c'];

const isRegistryFile = (name: string): boolean => name.endsWith('.reg');

async function bootNewPrefix(folder: string, installation: WineInstallation, cache: WineCache): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const home = `${folder}.home`;
  const env = wineEnvironment(folder, home);
  const outputPath = `${folder}.log`;
  try {
    await using runner = await WineRunner.open(installation, env, cache);
    const options = { outputPath, timeoutMs: bootTimeoutMs };
    const end = await runner.run(['wine', 'wineboot', '-i'], options);
    await runner.run(['wineserver', '-w'], options);
    if (end.kind !== 'exited' || end.exitCode !== 0 || !existsSync(join(folder, 'system.reg'))) {
      const output = existsSync(outputPath) ? readFileSync(outputPath, 'utf8') : '';
      throw new WineError('failed', `Cannot make a Wine prefix: wineboot ended with ${JSON.stringify(end)}\n${output}`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
    rmSync(outputPath, { force: true });
  }
}

/** One line per file of the parts that are linked, so that any write into one of them shows. */
function takeInventory(folder: string): string {
  return walk(join(folder, 'drive_c'), '')
    .map(([path, size, modifiedMs]) => `${path}\t${size}\t${modifiedMs}\n`)
    .join('');
}

function walk(folder: string, base: string): (readonly [string, number, number])[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) return walk(path, `${base}${name}/`);
      return stat.isFile() ? [[`${base}${name}`, stat.size, stat.mtimeMs] as const] : [];
    });
}

function linkTree(source: string, target: string): void {
  const stat = lstatSync(source, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
  else if (stat.isFile() && stat.size < linkedFromBytes) copyFileSync(source, target);
  else if (stat.isFile()) linkSync(source, target);
  else {
    mkdirSync(target, { mode: stat.mode });
    for (const name of readdirSync(source)) linkTree(join(source, name), join(target, name));
  }
}
