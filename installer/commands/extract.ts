/** `extract`: the files of an MSI, at the paths they would be installed to. */
import type { Command } from 'commander';
import { AbortedError, explainWriteError } from '../errors.ts';
import { extractPackage } from '../tools/extract-package.ts';
import { untilInterrupted } from './interrupt.ts';

interface ExtractFlags {
  readonly directory: string;
  readonly force: boolean;
}

export function registerExtract(program: Command): void {
  program
    .command('extract')
    .description('write the files of an MSI into a folder, at the paths they would be installed to')
    .argument('<msi>', 'the file to extract')
    .requiredOption('-C, --directory <dir>', 'the folder to write to; it is created when absent')
    .option('--force', 'replace files that are there already', false)
    .action(async (path: string, { directory, force }: ExtractFlags) => {
      await untilInterrupted(async (signal) => {
        try {
          for await (const file of extractPackage(path, { directory, force, signal })) console.log(file);
        } catch (error) {
          throw signal.aborted ? new AbortedError() : explainWriteError(error, directory);
        }
      });
    });
}
