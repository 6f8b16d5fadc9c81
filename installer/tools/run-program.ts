/** Runs a program of the toolchain to its end, output kept for the error message. */
import { type ChildProcess, spawn } from 'node:child_process';
import { errorCode, ToolError } from '../errors.ts';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called with each line the program prints. */
  readonly onLine?: (line: string) => void;
  /** On abort, also end the programs that the program has started. */
  readonly endTree?: boolean;
}

/**
 * Resolves with everything the program printed once it has ended with 0. Throws `ToolError` (`program-failed`) with the
 * last lines of its output otherwise. On abort the program is ended, and the promise rejects after it has gone.
 */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  const { cwd, env = process.env, signal, onLine, endTree = false } = options;
  return new Promise((resolve, reject) => {
    const ending = endTree ? { detached: canEndGroups } : { signal };
    const child = spawn(file, args, { cwd, env, ...ending, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    if (endTree) endTreeOnAbort(child, signal);
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const lines = chunk.toString('utf8').split('\n');
      for (const line of lines) if (line.trim() !== '') onLine?.(line.trim());
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let failure: unknown;
    child.once('error', (error) => {
      failure = error;
    });
    child.once('close', (code, endedBy) => {
      if (code === 0 && failure === undefined) resolve(output);
      else reject(programError(file, { failure, ended: code ?? endedBy ?? 'unknown', output }));
    });
  });
}

/** A group of its own can be ended as a whole; Windows has no groups, but a program for trees. */
const canEndGroups = process.platform !== 'win32';

function endTreeOnAbort(child: ChildProcess, signal: AbortSignal): void {
  const { pid } = child;
  if (pid === undefined) return;
  const end = (): void => {
    if (canEndGroups) process.kill(-pid);
    else spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }).once('error', () => child.kill());
  };
  signal.addEventListener('abort', end, { once: true });
  child.once('exit', () => signal.removeEventListener('abort', end));
}

interface ProgramEnd {
  readonly failure: unknown;
  readonly ended: number | string;
  readonly output: string;
}

function programError(file: string, { failure, ended, output }: ProgramEnd): ToolError {
  const found = errorCode(failure) === 'ENOENT' ? 'there is no such program' : `it ended with ${ended}`;
  return new ToolError('program-failed', `Cannot run "${file}": ${found}, wanted 0`, {
    cure: 'See its output below.',
    details: output.trimEnd().split('\n').slice(-20),
    cause: failure,
  });
}
