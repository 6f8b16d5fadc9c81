/** The toolchain's command line: `npm run package` and `npm run -s msi -- <verb>`. */
import { Command } from 'commander';
import { registerCompile } from './commands/compile.ts';
import { registerExtract } from './commands/extract.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerPackage } from './commands/package.ts';
import { printError } from './commands/print-error.ts';
import { toolchainVersion } from './tools/toolchain.ts';

const program = new Command('msi')
  .description('From TypeScript to a Windows service in one MSI, on any operating system.')
  .version(await toolchainVersion())
  .showHelpAfterError('(add --help for what there is)')
  .showSuggestionAfterError();
for (const register of [registerPackage, registerCompile, registerInspect, registerExtract]) register(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = printError(error, (text) => void process.stderr.write(text));
}
