import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WinePrefix } from '../support/wine/wine-prefix.ts';

/** Windows' own installer, always silent and with a verbose log of its own for each run. */
export class Msiexec {
  readonly #machine: WinePrefix;
  readonly #msi: string;
  readonly #logFolder: string;

  constructor(machine: WinePrefix, msiPath: string) {
    this.#machine = machine;
    this.#msi = machine.toWindowsPath(msiPath);
    this.#logFolder = join(machine.folder, 'msiexec');
    mkdirSync(this.#logFolder, { recursive: true });
  }

  /** `properties` such as `INSTALLDIR=C:\Elsewhere`. @returns msiexec's exit code, 0 for success. */
  install(...properties: readonly string[]): Promise<number> {
    return this.#run('install', ['/i', this.#msi, '/qn', ...properties]);
  }

  uninstall(...properties: readonly string[]): Promise<number> {
    return this.#run('uninstall', ['/x', this.#msi, '/qn', ...properties]);
  }

  /** Names and texts of the logs, in the order of the runs, without the dump of every property at the end. */
  logs(): { readonly name: string; readonly text: string }[] {
    const names = readdirSync(this.#logFolder).sort();
    return names.map((name) => ({ name, text: decodeLog(readFileSync(join(this.#logFolder, name))) }));
  }

  async #run(verb: string, args: readonly string[]): Promise<number> {
    const number = readdirSync(this.#logFolder).length + 1;
    const logPath = join(this.#logFolder, `${number}-${verb}.log`);
    const log = ['/l*v', this.#machine.toWindowsPath(logPath)];
    const { exitCode } = await this.#machine.run(['msiexec', ...args, ...log], { timeoutMs: msiexecTimeoutMs });
    if (!existsSync(logPath))
      throw new Error(`Cannot find the log of msiexec ${args.join(' ')}: it ended with ${exitCode}`);
    return exitCode;
  }
}

/** A service that does not start is waited for 30 s. */
const msiexecTimeoutMs = 180_000;

/** msiexec writes UTF-16 with a byte order mark on Windows; Wine writes bytes. */
function decodeLog(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const lines = bytes.toString(utf16 ? 'utf16le' : 'utf8').split(/\r?\n/);
  return lines.filter((line) => !/^Property\([CSN]\): /.test(line)).join('\n');
}
