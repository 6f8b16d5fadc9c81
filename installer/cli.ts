/**
 * The toolchain's command line: `npm run package` and `npm run -s msi -- <verb>`. Only the module of the verb that was
 * asked for is loaded: a compiler that takes half a second to say hello is no pleasure.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheDir } from './tools/cache-dir.ts';

enableCompileCache(join(cacheDir(), 'compiled'));

const { Command } = await import('commander');
const { translateWixFlags } = await import('./commands/wix-flags.ts');
const { printError } = await import('./commands/print-error.ts');
const { toolchainVersion } = await import('./tools/toolchain.ts');

type Register = (program: InstanceType<typeof Command>) => void;

/** In the order in which help shows them. */
const verbs: Readonly<Record<string, () => Promise<Register>>> = {
  package: async () => (await import('./commands/package.ts')).registerPackage,
  compile: async () => (await import('./commands/compile.ts')).registerCompile,
  inspect: async () => (await import('./commands/inspect.ts')).registerInspect,
  extract: async () => (await import('./commands/extract.ts')).registerExtract,
  diff: async () => (await import('./commands/diff.ts')).registerDiff,
  transform: async () => (await import('./commands/transform.ts')).registerTransform,
  validate: async () => (await import('./commands/validate.ts')).registerValidate,
};

const program = new Command('msi')
  .description('From TypeScript to a Windows service in one MSI, on any operating system.')
  .version(await toolchainVersion())
  .showHelpAfterError('(add --help for what there is)')
  .showSuggestionAfterError();

try {
  const asked = verbs[process.argv[2] ?? ''];
  for (const load of asked === undefined ? Object.values(verbs) : [asked]) (await load())(program);
  await program.parseAsync(process.argv[2] === 'compile' ? translateWixFlags(process.argv) : process.argv);
} catch (error) {
  process.exitCode = printError(error, (text) => void process.stderr.write(text));
}
