import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { findOnPath } from '../tools.ts';
import { type AptSource, findMirror, parseDeb822Sources, parseOneLineSources } from './apt-sources.ts';
import { withExclusiveLock } from './exclusive.ts';
import { Namespace } from './namespace.ts';
import type { WineCache } from './wine-cache.ts';
import { WineError } from './wine-error.ts';

/**
 * A Debian 13 tree with Wine 10, for machines whose own Wine cannot run Node 24 (Debian 12 has Wine 8). Made once by
 * debootstrap from the machine's own Debian mirror (about a minute, 1.3 GB) and kept in the cache. It is built in a
 * folder of its own and renamed when complete: a half-built tree is never used, two runs never build at once.
 */
export interface DebianRootOptions {
  readonly cache: WineCache;
  readonly log: (line: string) => void;
}

/** @returns the root folder. @throws WineError `unavailable` when this machine cannot make one. */
export async function ensureDebianRoot({ cache, log }: DebianRootOptions): Promise<string> {
  const finished = join(cache.roots, `${suite}-amd64`);
  if (existsSync(finished)) return finished;
  const mirror = requireMirror();
  const lockPath = join(cache.locks, `root-${suite}.lock`);
  const onWait = () => log('waiting for another run that is making the Debian root');
  return withExclusiveLock(lockPath, onWait, async () => {
    if (existsSync(finished)) return finished;
    // Whatever an interrupted run left: nobody else can be building while the lock is ours.
    for (const leftover of listFolders(cache.roots)) {
      if (leftover.startsWith(partialPrefix)) rmSync(join(cache.roots, leftover), { recursive: true, force: true });
    }
    const partial = join(cache.roots, `${partialPrefix}${process.pid}`);
    log(`this machine has no Wine that is new enough: making a Debian ${suite} root with one (once, about a minute)`);
    await debootstrap(partial, mirror);
    renameSync(partial, finished);
    return finished;
  });
}

const suite = 'trixie';
const packages = ['wine', 'wine64'];
const partialPrefix = 'partial-';
const debootstrapTimeoutMs = 15 * 60_000;

function requireMirror(): string {
  const unavailable = (found: string, cure: string) =>
    new WineError('unavailable', `Cannot make a Debian root for Wine: ${found}; ${cure}`);
  if (process.getuid?.() !== 0) throw unavailable('this user is not root', 'run as root, or install Wine 10 or newer');
  if (process.arch !== 'x64')
    throw unavailable(`this machine is ${process.arch}`, 'Windows x64 programs want an x64 machine');
  if (findOnPath('debootstrap') === undefined) {
    throw unavailable('"debootstrap" is not on PATH', 'install the Debian package "debootstrap", or Wine 10 or newer');
  }
  const release = readOsRelease();
  const distribution = release.get('ID') ?? '';
  const codename = release.get('VERSION_CODENAME') ?? '';
  const mirror = distribution === 'debian' ? findMirror(readAptSources('/etc/apt'), distribution, codename) : undefined;
  if (mirror === undefined) {
    const found = `apt's sources name no Debian mirror for "${distribution} ${codename}"`;
    throw unavailable(found, 'use a Debian machine (a debian:trixie container will do), or install Wine 10 or newer');
  }
  return mirror;
}

async function debootstrap(target: string, mirror: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  const outputPath = join(tmpdir(), `vigil-debootstrap-${process.pid}.log`);
  // In a namespace, so that what debootstrap mounts is gone when this process is, however that ends.
  await using namespace = await Namespace.open();
  // debootstrap cannot work in a path with a space, so it sees the target under a name without one.
  const script = 'mount --bind "$1" /mnt && exec debootstrap --variant=minbase --include="$2" "$3" /mnt "$4"';
  const command = ['sh', '-c', script, 'sh', target, packages.join(','), suite, mirror];
  const [program = '', ...args] = namespace.enter(command);
  const end = await runCommand(program, args, { outputPath, timeoutMs: debootstrapTimeoutMs });
  const output = readFileSync(outputPath, 'utf8');
  rmSync(outputPath, { force: true });
  if (end.kind !== 'exited' || end.exitCode !== 0) {
    const detail = join(target, 'debootstrap', 'debootstrap.log');
    const log = existsSync(detail) ? readFileSync(detail, 'utf8') : '';
    rmSync(target, { recursive: true, force: true });
    const state = end.kind === 'exited' ? `exit code ${end.exitCode}` : end.kind;
    throw new WineError(
      'unavailable',
      `Cannot make a Debian ${suite} root: debootstrap ended with ${state}\n${lastLines(output)}\n${lastLines(log)}`,
    );
  }
  // Package archives are of no further use: 100 MB.
  rmSync(join(target, 'var/cache/apt/archives'), { recursive: true, force: true });
  writeFileSync(join(target, 'etc/resolv.conf'), '');
}

/** Entries of every file apt reads, in apt's order. `aptFolder` is `/etc/apt`. */
export function readAptSources(aptFolder: string): AptSource[] {
  const parts = join(aptFolder, 'sources.list.d');
  const files = [join(aptFolder, 'sources.list'), ...listFolders(parts).map((name) => join(parts, name))];
  return files.filter(existsSync).flatMap((file) => {
    if (file.endsWith('.list')) return parseOneLineSources(readFileSync(file, 'utf8'));
    if (file.endsWith('.sources')) return parseDeb822Sources(readFileSync(file, 'utf8'));
    return [];
  });
}

function readOsRelease(): Map<string, string> {
  if (!existsSync('/etc/os-release')) return new Map();
  const pairs = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)="?([^"\n]*)"?$/gm);
  return new Map(Array.from(pairs, ([, name = '', value = '']) => [name, value]));
}

function listFolders(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
