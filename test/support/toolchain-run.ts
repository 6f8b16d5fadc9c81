/** Runs the toolchain's command line as a user does: a process of its own, in a project folder of its own. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';

export interface RunResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Programs and arguments to put before node, such as `unshare`. */
  readonly wrapper?: readonly string[];
  /** Sees everything printed so far; returning a signal sends it, once. */
  readonly interrupt?: (stdout: string) => NodeJS.Signals | undefined;
}

/** A project with a product file like the default one, changed by `change`, and whatever files a test adds. */
export class TestProject {
  /** Holds a space: paths with spaces are the ordinary case. */
  readonly dir = mkdtempSync(join(tmpdir(), 'vigil project '));

  constructor(change: (product: Record<string, unknown>) => void = () => undefined) {
    const product = JSON.parse(readFileSync(join(toolchainRoot, 'installer', 'product.json'), 'utf8'));
    Object.assign(product, { version: '9.8.7', files: [] });
    change(product);
    writeFileSync(join(this.dir, 'product.json'), JSON.stringify(product, undefined, 2));
    for (const name of ['vigil.ico', 'config.example.yaml']) {
      cpSync(join(toolchainRoot, 'installer', name), join(this.dir, name));
    }
  }

  write(path: string, content: string): void {
    mkdirSync(join(this.dir, path, '..'), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  /** Names of everything below `path`, sorted; empty when there is no such folder. */
  list(path: string): string[] {
    try {
      return readdirSync(join(this.dir, path), { recursive: true, encoding: 'utf8' }).sort();
    } catch {
      return [];
    }
  }

  package(args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
    return this.run(['package', '--product', 'product.json', '--engine', 'sea', ...args], options);
  }

  run(args: readonly string[], { env = {}, wrapper = [], interrupt }: RunOptions = {}): Promise<RunResult> {
    const [program = '', ...rest] = [...wrapper, process.execPath, join(toolchainRoot, 'installer', 'cli.ts'), ...args];
    const child = spawn(program, rest, {
      cwd: this.dir,
      env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr, interrupted] = ['', '', false];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const signal = interrupted ? undefined : interrupt?.(stdout);
      if (signal !== undefined) interrupted = child.kill(signal);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    });
  }
}
