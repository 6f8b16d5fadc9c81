import { type CommandEnd, runCommand } from '../run-command.ts';
import { Namespace } from './namespace.ts';
import type { WineCache } from './wine-cache.ts';
import type { WineInstallation } from './wine-installation.ts';

/**
 * Runs Unix commands of one Wine installation with one environment. As root on Linux they live in a namespace of their
 * own, so that disposing of the runner ends every process they started; elsewhere `wineserver -k` has to do.
 */
export class WineRunner implements AsyncDisposable {
  readonly #namespace: Namespace | undefined;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(namespace: Namespace | undefined, env: Readonly<Record<string, string>>) {
    this.#namespace = namespace;
    this.#env = env;
  }

  static async open(
    installation: WineInstallation,
    env: Readonly<Record<string, string>>,
    cache: WineCache,
  ): Promise<WineRunner> {
    const { rootFolder } = installation;
    const shared = [cache.home, process.cwd()];
    const namespace =
      process.platform === 'linux' && process.getuid?.() === 0
        ? await Namespace.open(rootFolder === undefined ? { shared } : { rootFolder, shared })
        : undefined;
    return new WineRunner(namespace, env);
  }

  /** Runs one command to its end; the output is appended to `outputPath`. */
  run(
    command: readonly string[],
    options: {
      readonly outputPath: string;
      readonly timeoutMs: number;
      readonly extraEnv?: Readonly<Record<string, string>>;
    },
  ): Promise<CommandEnd> {
    const env = { ...this.#env, ...options.extraEnv };
    const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const inside = ['env', '-i', ...assignments, ...command];
    const [program = '', ...args] = this.#namespace?.enter(inside) ?? inside;
    return runCommand(program, args, { outputPath: options.outputPath, timeoutMs: options.timeoutMs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#namespace?.[Symbol.asyncDispose]();
  }
}
