import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { findOnPath } from '../tools.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { Namespace } from './namespace.ts';
import type { WineCache } from './wine-cache.ts';
import { WineError } from './wine-error.ts';

/** Wine that is new enough: the machine's own, or the one in a Debian root of ours. */
export interface WineInstallation {
  /** As `wine --version` prints it, `wine-10.0 (Debian 10.0~repack-6)`. */
  readonly version: string;
  /** Root folder that Wine lives in; absent for the machine's own Wine. */
  readonly rootFolder?: string;
}

/** Node 24 needs VirtualAlloc2; Wine 8 lacks it, Wine 10 is what this project is tested with. */
export const minimumWineMajor = 10;

export async function findWineInstallation(cache: WineCache, log: (line: string) => void): Promise<WineInstallation> {
  const own = await systemWineVersion();
  if (own !== undefined && majorVersion(own) >= minimumWineMajor) return { version: own };
  const rootFolder = await ensureDebianRoot({ cache, log });
  await using namespace = await Namespace.open({ rootFolder });
  return { version: await printedVersion(namespace.enter(versionCommand)), rootFolder };
}

export async function systemWineVersion(): Promise<string | undefined> {
  return findOnPath('wine') === undefined ? undefined : printedVersion(versionCommand);
}

/** 10 for `wine-10.0 (Debian 10.0~repack-6)`; 0 for what does not look like a version. */
export function majorVersion(version: string): number {
  return Number(/^wine-(\d+)\./.exec(version)?.[1] ?? 0);
}

// With `-all`, Debian's start script does not ask for the 32-bit Wine.
const versionCommand = ['env', 'WINEDEBUG=-all', 'wine', '--version'];

async function printedVersion(command: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-wine-'));
  const outputPath = join(folder, 'version.txt');
  try {
    const [program = '', ...args] = command;
    const end = await runCommand(program, args, { outputPath, timeoutMs: 30_000 });
    const output = readFileSync(outputPath, 'utf8').trim();
    if (end.kind === 'exited' && end.exitCode === 0) return output;
    throw new WineError('unavailable', `Cannot run "wine --version": it ended with ${JSON.stringify(end)}\n${output}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
