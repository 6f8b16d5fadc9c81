import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from '../../test/support/tools.ts';
import { majorVersion, minimumWineMajor, systemWineVersion } from '../../test/support/wine/wine-installation.ts';
import { runChild } from './run-child.ts';

/** Foreign programs that tests use as referees, and the Debian packages that hold them. */
export interface ForeignTool {
  readonly command: string;
  readonly debianPackages: readonly string[];
  /** What cannot be shown without it. */
  readonly neededFor: string;
}

const referees: readonly ForeignTool[] = [
  { command: 'msiinfo', debianPackages: ['msitools'], neededFor: 'reading MSI databases back' },
  { command: 'cabextract', debianPackages: ['cabextract'], neededFor: 'reading cabinets back' },
  { command: 'osslsigncode', debianPackages: ['osslsigncode'], neededFor: 'reading signatures back' },
  { command: 'xmllint', debianPackages: ['libxml2-utils'], neededFor: 'checking XML against schemas' },
  { command: 'wixl', debianPackages: ['wixl'], neededFor: 'comparing MSIs with another compiler' },
];

const ownWine: ForeignTool = {
  command: 'wine',
  debianPackages: ['wine', 'wine64'],
  neededFor: 'installing MSIs end to end',
};
const wineFromDebianRoot: ForeignTool = {
  command: 'debootstrap',
  debianPackages: ['debootstrap'],
  neededFor: `installing MSIs end to end (Wine ${minimumWineMajor} in a Debian root)`,
};

/** Tools that are not there now. */
export async function missingTools(): Promise<ForeignTool[]> {
  const missing = referees.filter(({ command }) => findOnPath(command) === undefined);
  const wine = await systemWineVersion();
  if (wine !== undefined && majorVersion(wine) >= minimumWineMajor) return missing;
  if (findOnPath('debootstrap') !== undefined) return missing;
  return [...missing, (await aptWineMajor()) >= minimumWineMajor ? ownWine : wineFromDebianRoot];
}

/** Whether this process may install Debian packages here. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

/** Brings apt's package lists up to date; without them neither versions nor packages are known on a fresh machine. */
export async function updatePackageLists(signal: AbortSignal): Promise<boolean> {
  console.log('updating the package lists');
  return (await runChild('apt-get', ['update', '-qq'], { env: quietApt, signal })) === 0;
}

/** @returns whether apt says that all went well. */
export async function installTools(tools: readonly ForeignTool[], signal: AbortSignal): Promise<boolean> {
  const packages = tools.flatMap(({ debianPackages }) => debianPackages);
  console.log(`installing ${packages.join(', ')}`);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const stdoutPath = join(mkdtempSync(join(tmpdir(), 'vigil-apt-')), 'apt.log');
  const exitCode = await runChild('apt-get', args, { env: quietApt, signal, stdoutPath });
  if (exitCode !== 0) console.error(readFileSync(stdoutPath, 'utf8'));
  rmSync(join(stdoutPath, '..'), { recursive: true, force: true });
  return exitCode === 0;
}

const quietApt = { DEBIAN_FRONTEND: 'noninteractive' };

/** Major version of the Wine that apt would install; 0 when it knows none. */
async function aptWineMajor(): Promise<number> {
  if (findOnPath('apt-cache') === undefined) return 0;
  const folder = mkdtempSync(join(tmpdir(), 'vigil-apt-'));
  const stdoutPath = join(folder, 'policy.txt');
  try {
    await runChild('apt-cache', ['policy', 'wine'], { stdoutPath });
    const policy = existsSync(stdoutPath) ? readFileSync(stdoutPath, 'utf8') : '';
    return Number(/^\s*Candidate:\s*(?:\d+:)?(\d+)\./m.exec(policy)?.[1] ?? 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
