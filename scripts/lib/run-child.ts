import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { childEnvironment, projectRoot } from './project.ts';

/** Runs one program of a developer command, its output on this terminal unless a file is named for it. */
export interface ChildOptions {
  /** Standard output goes to this file instead of the terminal. */
  readonly stdoutPath?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** @returns the exit code; 1 when a signal ended the program. @throws Error when it cannot be started. */
export async function runChild(program: string, args: readonly string[], options: ChildOptions = {}): Promise<number> {
  const stdout = options.stdoutPath === undefined ? 'inherit' : openSync(options.stdoutPath, 'w');
  try {
    const child = spawn(program, args, {
      cwd: projectRoot,
      stdio: ['ignore', stdout, 'inherit'],
      env: { ...childEnvironment(), ...options.env },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => {
        if (error.name !== 'AbortError') reject(error);
      });
      child.once('close', (exitCode) => resolve(exitCode ?? 1));
    });
  } finally {
    if (typeof stdout === 'number') closeSync(stdout);
  }
}
