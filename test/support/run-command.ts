import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/**
 * Runs one program to its end with its output in a file. A file, not a pipe: a Wine server that inherits a pipe keeps
 * whoever reads it waiting for ever. Each program leads a process group of its own, so that a time-out takes its
 * children too. Groups still running when this process ends are killed with it.
 */
export interface CommandOptions {
  /** Standard output and error are appended to this file. */
  readonly outputPath: string;
  readonly timeoutMs: number;
  /** Whole environment; the caller's own when absent. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'signalled'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'timed-out' };

/** @throws Error (`cause` = the system's) when the program cannot be started. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandEnd> {
  const output = openSync(options.outputPath, 'a');
  try {
    const child = spawn(program, args, {
      stdio: ['ignore', output, output],
      detached: true,
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    return await waitForEnd(child, program, options.timeoutMs);
  } finally {
    closeSync(output);
  }
}

function waitForEnd(child: ReturnType<typeof spawn>, program: string, timeoutMs: number): Promise<CommandEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandEnd>();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child.pid);
  }, timeoutMs);
  if (child.pid !== undefined) track(child.pid);
  child.once('error', (cause) => {
    clearTimeout(timer);
    reject(new Error(`Cannot start "${program}": ${cause.message}`, { cause }));
  });
  child.once('exit', (exitCode, signal) => {
    clearTimeout(timer);
    running.delete(child.pid ?? 0);
    if (timedOut) resolve({ kind: 'timed-out' });
    else if (signal !== null) resolve({ kind: 'signalled', signal });
    else resolve({ kind: 'exited', exitCode: exitCode ?? -1 });
  });
  return promise;
}

const running = new Set<number>();
let exitHookInstalled = false;

function track(pid: number): void {
  running.add(pid);
  if (exitHookInstalled) return;
  exitHookInstalled = true;
  process.once('exit', () => {
    for (const leader of running) killGroup(leader);
  });
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // The group may have ended between the decision and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
