import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRegQuery, type RegistryKey } from './reg-query.ts';
import { formatCommandFile, parseExitCodeFile } from './windows-command.ts';
import { WineError } from './wine-error.ts';
import type { WineRunner } from './wine-runner.ts';

/** How one Windows program ended. `exitCode` is the full 32-bit code. */
export interface WindowsResult {
  readonly exitCode: number;
  readonly output: string;
}

export interface RunOptions {
  /** 60 s unless given. */
  readonly timeoutMs?: number;
}

/**
 * One Windows machine for one test: a fresh prefix with a server that stays until the prefix is disposed of (else Wine
 * kills the services a second after the last ordinary program ends).
 */
export class WinePrefix implements AsyncDisposable {
  /** Folder of the prefix and everything that belongs to it, on the host. */
  readonly folder: string;
  /** Host path of drive C. */
  readonly driveC: string;
  readonly #runner: WineRunner;
  readonly #keep: boolean;
  #runs = 0;

  constructor(folder: string, runner: WineRunner, keep: boolean) {
    this.folder = folder;
    this.driveC = join(folder, 'prefix', 'drive_c');
    this.#runner = runner;
    this.#keep = keep;
    mkdirSync(join(folder, 'runs'), { recursive: true });
  }

  /** What services wrote to the Event Log: Wine keeps no records, but its trace shows each report's strings. */
  get eventLog(): string {
    const path = join(this.folder, 'boot.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Starts the machine: services whose start type is automatic start with it. Again after `halt` = a restart. */
  async boot(): Promise<void> {
    await this.#unix(['wineserver', '-p'], { mustSucceed: true });
    await this.#unix(['wine', 'wineboot'], {
      mustSucceed: true,
      outputName: 'boot.log',
      extraEnv: { WINEDEBUG: '-all,+eventlog' },
    });
  }

  /** Switches the machine off: every process ends at once, no service is told. The registry is written to disk. */
  async halt(): Promise<void> {
    await this.#unix(['wineserver', '-k']);
    await this.#unix(['wineserver', '-w']);
  }

  /**
   * Runs a Windows program to its end; `args` are printable ASCII without quotation marks.
   * @throws WineError `timed-out`, with the output so far; the prefix is not fit for use then.
   */
  async run(args: readonly string[], options: RunOptions = {}): Promise<WindowsResult> {
    const name = String(++this.#runs).padStart(3, '0');
    const path = (extension: string): string => join(this.folder, 'runs', `${name}.${extension}`);
    const exitCodePath = this.toWindowsPath(path('rc'));
    writeFileSync(path('bat'), formatCommandFile({ args, exitCodePath }));
    const timeoutMs = options.timeoutMs ?? 60_000;
    const command = ['wine', 'cmd', '/c', this.toWindowsPath(path('bat'))];
    const end = await this.#runner.run(command, { outputPath: path('out'), timeoutMs });
    const output = readFileSync(path('out'), 'utf8');
    if (end.kind === 'timed-out') {
      const message = `Cannot finish "${args.join(' ')}": it still runs after ${timeoutMs} ms\n${output}`;
      throw new WineError('timed-out', message);
    }
    const exitCode = existsSync(path('rc')) ? parseExitCodeFile(readFileSync(path('rc'), 'utf8')) : undefined;
    if (exitCode === undefined) {
      throw new WineError(
        'failed',
        `Cannot run "${args.join(' ')}": Wine ended with ${JSON.stringify(end)}\n${output}`,
      );
    }
    return { exitCode, output };
  }

  /** `Z:\…` for any host path; drive C's files have their `C:\…` path. */
  toWindowsPath(hostPath: string): string {
    const inDriveC = hostPath.startsWith(`${this.driveC}/`);
    const [drive, rest] = inDriveC ? ['C:', hostPath.slice(this.driveC.length)] : ['Z:', realParent(hostPath)];
    return `${drive}${rest.replaceAll('/', '\\')}`;
  }

  /** The key and all keys below it, or an empty list when it does not exist. `key` such as `HKLM\SOFTWARE\Vigil`. */
  async regQuery(key: string): Promise<RegistryKey[]> {
    const { exitCode, output } = await this.run(['reg', 'query', key, '/s']);
    return exitCode === 0 ? parseRegQuery(output) : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#unix(['wineserver', '-k']);
      await this.#unix(['wineserver', '-w']);
    } finally {
      await this.#runner[Symbol.asyncDispose]();
      if (!this.#keep) rmSync(this.folder, { recursive: true, force: true });
    }
  }

  async #unix(command: readonly string[], options: UnixOptions = {}): Promise<void> {
    const { outputName = 'wine.log', extraEnv = {}, mustSucceed = false } = options;
    const outputPath = join(this.folder, outputName);
    const end = await this.#runner.run(command, { outputPath, timeoutMs: unixTimeoutMs, extraEnv });
    if (end.kind === 'timed-out') {
      throw new WineError('timed-out', `Cannot finish "${command.join(' ')}": it still runs after ${unixTimeoutMs} ms`);
    }
    if (mustSucceed && (end.kind !== 'exited' || end.exitCode !== 0)) {
      const output = readFileSync(outputPath, 'utf8');
      throw new WineError(
        'failed',
        `Cannot run "${command.join(' ')}": it ended with ${JSON.stringify(end)}\n${output}`,
      );
    }
  }
}

interface UnixOptions {
  readonly outputName?: string;
  readonly extraEnv?: Readonly<Record<string, string>>;
  readonly mustSucceed?: boolean;
}

const unixTimeoutMs = 90_000;

/** Wine resolves `Z:` in its own root: a symbolic link that leads out of a bound folder would break. */
function realParent(hostPath: string): string {
  return existsSync(hostPath) ? realpathSync(hostPath) : hostPath;
}
