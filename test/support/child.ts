/** Runs a TypeScript program as a real child process and watches its standard error line by line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Child {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  #waiting: (() => void)[] = [];

  /** `program` is relative to the repository. */
  constructor(program: string, args: readonly string[], env: Record<string, string> = {}) {
    this.process = spawn(process.execPath, [join(root, program), ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout?.on('data', (data: Buffer) => {
      this.#stdout += data;
    });
    this.process.stderr?.on('data', (data: Buffer) => {
      this.#stderr += data;
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.ended = new Promise((resolve, reject) => {
      this.process.once('error', reject);
      this.process.once('close', (code, signal) => {
        for (const wake of this.#waiting.splice(0)) wake();
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Resolves when standard error matches. @throws Error with what it said when it ends without. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.#stderr)) {
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`Cannot find "${pattern}": the program ended and had said "${this.#stderr}"`);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}
