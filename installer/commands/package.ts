/** `package`: TypeScript in, MSI out. Only arguments and presentation; the work is `installer/pipeline/`. */
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { packageProduct } from '../pipeline/package-product.ts';
import type { PackageRequest } from '../pipeline/plan-context.ts';
import { jsonReporter } from '../reporters/json-reporter.ts';
import { plainReporter } from '../reporters/plain-reporter.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { terminalReporter } from '../reporters/terminal-reporter.ts';
import { type BackendName, backendNames } from '../tools/backends/msi-backend.ts';
import { type EngineName, engineNames } from '../tools/engines/executable-engine.ts';
import { toolchainRoot } from '../tools/toolchain.ts';
import type { Architecture } from '../tools/windows-runtime.ts';
import { untilInterrupted } from './interrupt.ts';

interface PackageFlags {
  readonly product?: string;
  readonly arch?: Architecture;
  readonly out: string;
  readonly engine: EngineName;
  readonly backend: BackendName;
  readonly nodeExe?: string;
  readonly cache: boolean;
  readonly verbose?: true;
  readonly json?: true;
}

export function registerPackage(program: Command): void {
  program
    .command('package')
    .description('turn a product file into an MSI with its checksums and manifest')
    .option('--product <file>', 'the product file (default: installer/product.json of the toolchain)')
    .addOption(
      new Option('--arch <name>', 'processor of the target; default: as the product file says').choices([
        'x64',
        'arm64',
      ]),
    )
    .option('--out <dir>', 'folder for the MSI and its companions', 'dist')
    .addOption(
      new Option('--engine <name>', 'what makes the executable: pkg, or sea, which is faster')
        .choices(engineNames)
        .default('pkg'),
    )
    .addOption(
      new Option('--backend <name>', 'what compiles the MSI: embedded, or wix3 where the WiX Toolset v3 is installed')
        .choices(backendNames)
        .default('embedded'),
    )
    .option('--node-exe <file>', 'a Windows node.exe to use instead of fetching one')
    .option('--no-cache', 'run every stage again, even when nothing has changed')
    .option('--verbose', 'print what the stages say while they work')
    .option('--json', 'print one JSON object per event')
    .action((flags: PackageFlags) => runPackage(flags));
}

async function runPackage(flags: PackageFlags): Promise<void> {
  const reporter = reporterFor(flags);
  await untilInterrupted(async (signal) => {
    try {
      const onEvent = reporter.onEvent.bind(reporter);
      await reporter.finished(await packageProduct(requestOf(flags), { reuse: flags.cache, signal, onEvent }));
    } catch (error) {
      await reporter.failed();
      throw error;
    }
  });
}

function requestOf(flags: PackageFlags): PackageRequest {
  return {
    productFile: resolve(flags.product ?? join(toolchainRoot, 'installer', 'product.json')),
    outputDir: resolve(flags.out),
    buildRoot: resolve('build'),
    engine: flags.engine,
    backend: flags.backend,
    ...(flags.arch === undefined ? {} : { architecture: flags.arch }),
    ...(flags.nodeExe === undefined ? {} : { nodeExecutable: resolve(flags.nodeExe) }),
  };
}

function reporterFor({ json, verbose }: PackageFlags): Reporter {
  const write = (text: string): void => void process.stdout.write(text);
  if (json) return jsonReporter(write);
  return process.stdout.isTTY && !verbose
    ? terminalReporter(write)
    : plainReporter({ write, verbose: verbose === true });
}
