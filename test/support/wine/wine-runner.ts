import { spawnSync } from 'node:child_process';
import { type CommandEnd, runCommand } from '../run-command.ts';
import { Namespace } from './namespace.ts';
import type { WineCache } from './wine-cache.ts';
import { WineError } from './wine-error.ts';
import type { WineInstallation } from './wine-installation.ts';

/**
 * Runs Unix commands of one Wine installation with one environment. As root on Linux they live in a namespace of their
 * own, so that disposing of the runner, or the end of this process, ends all that they started. Elsewhere
 * `wineserver -k` has to do, which a SIGKILL of this process leaves undone.
 */
export class WineRunner implements AsyncDisposable {
  readonly #namespace: Namespace | undefined;
  readonly #assignments: readonly string[];
  readonly #onExit = () => this.#killServer();

  private constructor(namespace: Namespace | undefined, env: Readonly<Record<string, string>>) {
    this.#namespace = namespace;
    this.#assignments = assignmentsOf(env);
    if (namespace === undefined) process.once('exit', this.#onExit);
  }

  static async open(
    installation: WineInstallation,
    env: Readonly<Record<string, string>>,
    cache: WineCache,
  ): Promise<WineRunner> {
    return new WineRunner(await openNamespace(installation, cache), env);
  }

  /** Runs one command to its end; the output is appended to `outputPath`. */
  run(command: readonly string[], { outputPath, timeoutMs, extraEnv = {} }: WineRunOptions): Promise<CommandEnd> {
    const inside = ['env', '-i', ...this.#assignments, ...assignmentsOf(extraEnv), ...command];
    const [program = '', ...args] = this.#namespace?.enter(inside) ?? inside;
    return runCommand(program, args, { outputPath, timeoutMs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#onExit);
    if (this.#namespace === undefined) this.#killServer();
    else await this.#namespace[Symbol.asyncDispose]();
  }

  /** Also right when no server runs. */
  #killServer(): void {
    spawnSync('env', ['-i', ...this.#assignments, 'wineserver', '-k'], { stdio: 'ignore', timeout: 20_000 });
  }
}

export interface WineRunOptions {
  readonly outputPath: string;
  readonly timeoutMs: number;
  readonly extraEnv?: Readonly<Record<string, string>>;
}

/** `undefined` when there can be none and none is needed: a container may let root do everything but mount. */
async function openNamespace({ rootFolder }: WineInstallation, cache: WineCache): Promise<Namespace | undefined> {
  const shared = [cache.home, process.cwd()];
  if (rootFolder !== undefined) return Namespace.open({ rootFolder, shared });
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  try {
    return await Namespace.open();
  } catch (error) {
    if (error instanceof WineError && error.code === 'unavailable') return undefined;
    throw error;
  }
}

function assignmentsOf(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}
