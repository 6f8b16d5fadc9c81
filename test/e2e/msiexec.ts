import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandLineRequest } from '../support/run-command-line.ts';
import type { WinePrefix } from '../support/wine/wine-prefix.ts';
import { msiexecCommandLine } from './msiexec-command-line.ts';
import type { WindowsTools } from './windows-tools.ts';

/** Windows' own installer, always silent and with a verbose log of its own for each run. */
export class Msiexec {
  readonly #machine: WinePrefix;
  readonly #tools: WindowsTools;
  readonly #msi: string;
  readonly #logFolder: string;

  constructor(machine: WinePrefix, tools: WindowsTools, msiPath: string) {
    this.#machine = machine;
    this.#tools = tools;
    this.#msi = machine.toWindowsPath(msiPath);
    this.#logFolder = logFolderOf(machine);
    mkdirSync(this.#logFolder, { recursive: true });
  }

  /** `properties` such as `INSTALLDIR=C:\Elsewhere`. @returns msiexec's exit code, 0 for success. */
  install(...properties: readonly string[]): Promise<number> {
    return this.run('install', ['/i', this.#msi, ...properties]);
  }

  uninstall(...properties: readonly string[]): Promise<number> {
    return this.run('uninstall', ['/x', this.#msi, ...properties]);
  }

  /**
   * Puts back what is damaged or missing, whatever its version. By properties, because Wine has no `msiexec /f`; on
   * Windows the two are the same.
   */
  repair(): Promise<number> {
    return this.run('repair', ['/i', this.#msi, 'REINSTALL=ALL', 'REINSTALLMODE=amus']);
  }

  /** Any command line; `/qn` and the log are added. `title` names the log. */
  async run(title: string, args: readonly string[]): Promise<number> {
    const number = String(readdirSync(this.#logFolder).length + 1).padStart(2, '0');
    const logPath = join(this.#logFolder, `${number}-${title}.log`);
    writeFileSync(logPath, '');
    const log = ['/l*v', this.#machine.toWindowsPath(logPath)];
    return this.#spawn(msiexecCommandLine([...args, '/qn', ...log]), number);
  }

  async #spawn(commandLine: string, number: string): Promise<number> {
    const path = (name: string): string => join(this.#machine.folder, 'runs', `msiexec-${number}.${name}`);
    const exitCodePath = this.#machine.toWindowsPath(path('rc'));
    const request: CommandLineRequest = { program: 'msiexec', commandLine, exitCodePath };
    writeFileSync(path('json'), JSON.stringify(request));
    const { node, runCommandLine } = this.#tools;
    const args = [node, runCommandLine, path('json')].map((file) => this.#machine.toWindowsPath(file));
    const { output } = await this.#machine.run(args, { timeoutMs: msiexecTimeoutMs });
    if (!existsSync(path('rc'))) throw new Error(`Cannot run msiexec ${commandLine}: ${output}`);
    return Number(readFileSync(path('rc'), 'utf8'));
  }
}

/** Names and texts of the logs, in the order of the runs, without the dump of every property at the end. */
export function msiexecLogs(machine: WinePrefix): { readonly name: string; readonly text: string }[] {
  const folder = logFolderOf(machine);
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.map((name) => ({ name, text: decodeLog(readFileSync(join(folder, name))) }));
}

/** A service that does not start is waited for 30 s. */
const msiexecTimeoutMs = 180_000;

const logFolderOf = (machine: WinePrefix): string => join(machine.folder, 'msiexec');

/** msiexec writes UTF-16 with a byte order mark on Windows; Wine writes bytes. */
function decodeLog(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const lines = bytes.toString(utf16 ? 'utf16le' : 'utf8').split(/\r?\n/);
  return lines.filter((line) => !/^Property\([CSN]\): /.test(line)).join('\n');
}
