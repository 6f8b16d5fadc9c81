import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { WineError } from './wine-error.ts';

/**
 * A private world for Linux processes: own mounts, own process ids, and optionally another root folder.
 * Its first process lives on a pipe held by this one. When this process ends, even by SIGKILL, the pipe closes, the
 * first process ends, the kernel kills every process of the namespace and drops its mounts: nothing leaks to the host.
 * Needs root.
 */
export interface NamespaceOptions {
  /** Root folder of the processes; the machine's own when absent. Host folders appear below it under their own paths. */
  readonly rootFolder?: string;
  /** Folders that must be visible even when they lie below one of the root folder's own (`/var`, `/usr`…). */
  readonly shared?: readonly string[];
}

export class Namespace implements AsyncDisposable {
  readonly #unshare: ChildProcess;
  readonly #firstPid: number;
  readonly #rootFolder: string | undefined;

  private constructor(unshare: ChildProcess, firstPid: number, rootFolder: string | undefined) {
    this.#unshare = unshare;
    this.#firstPid = firstPid;
    this.#rootFolder = rootFolder;
  }

  /** @throws WineError `unavailable` when the kernel refuses (no root, or a container without the right to mount). */
  static async open(options: NamespaceOptions = {}): Promise<Namespace> {
    const unshare = spawn(
      'unshare',
      [
        ...unshareFlags,
        'sh',
        '-c',
        firstProcess(options.rootFolder),
        'sh',
        options.rootFolder ?? '',
        ...(options.shared ?? []),
      ],
      { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
    );
    await untilReady(unshare);
    // Forgetting to dispose must not keep this process alive: its end closes the pipe, which is as good.
    unshare.unref();
    for (const stream of [unshare.stdin, unshare.stdout, unshare.stderr]) (stream as Socket | null)?.unref();
    const children = readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8');
    return new Namespace(unshare, Number(children.trim()), options.rootFolder);
  }

  /** The argument vector that runs `args` inside. `--root`: this process may itself live in a changed root. */
  enter(args: readonly string[]): string[] {
    const inRoot = this.#rootFolder === undefined ? [] : ['chroot', this.#rootFolder];
    return ['nsenter', '--target', String(this.#firstPid), '--mount', '--pid', '--root', '--', ...inRoot, ...args];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#unshare.exitCode !== null || this.#unshare.signalCode !== null) return;
    this.#unshare.ref();
    const ended = once(this.#unshare, 'exit');
    this.#unshare.stdin?.end();
    await ended;
  }
}

const unshareFlags = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];

/** Top-level folders that belong to the root folder itself; every other one of the host is bound into it. */
const ownFolders = 'usr|bin|sbin|lib*|etc|var|proc|sys|dev|boot|run';

/**
 * `cat` waits for the end of the pipe; the shell waits for `cat`, and as first process reaps every orphan meanwhile.
 */
function firstProcess(rootFolder: string | undefined): string {
  const hold = 'echo ready; exec 3<&0; cat <&3 >/dev/null & wait $!';
  if (rootFolder === undefined) return `set -e; mount -t proc proc /proc; ${hold}`;
  return `
    set -e
    root=$1; shift
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    for folder in /*; do
      case "\${folder#/}" in ${ownFolders}) continue ;; esac
      if [ -L "$folder" ] || [ ! -d "$folder" ]; then continue; fi
      mkdir -p "$root$folder"
      mount --rbind "$folder" "$root$folder"
    done
    for folder in "$@"; do
      if [ "$folder" -ef "$root$folder" ]; then continue; fi
      mkdir -p "$root$folder"
      mount --rbind "$folder" "$root$folder"
    done
    ${hold}`;
}

async function untilReady(unshare: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let errors = '';
  unshare.stdout?.on('data', () => resolve());
  unshare.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const refuse = (detail: string): void =>
    reject(
      new WineError(
        'unavailable',
        `Cannot make a private mount namespace: ${detail}, root with the right to mount is wanted`,
      ),
    );
  unshare.once('error', (cause) => refuse(cause.message));
  unshare.once('exit', (code) => refuse(`unshare ended with ${code}: ${errors.trim()}`));
  await promise;
}
