/**
 * Entry of the executable. Reads the verb and loads what it needs, nothing more: as a service the process has to call
 * the dispatcher at once. Bundled to one CommonJS file, in which each `import()` is evaluated when it is reached.
 */
import { helpText, parseCommandLine } from './cli/verbs.ts';
import { exitCodes } from './product/exit-codes.ts';
import { product } from './product/identity.ts';

// No top-level await: it does not exist in CommonJS.
main(process.argv.slice(2)).then(
  (exitCode) => {
    if (exitCode !== undefined) process.exitCode = exitCode;
  },
  (error: unknown) => {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = exitCodes.unexpectedFault.code;
  },
);

/** `undefined` while a host runs: the host ends the process itself. */
async function main(args: readonly string[]): Promise<number | undefined> {
  const instruction = parseCommandLine(args);
  const help = helpText(product.executableName, product.name);
  switch (instruction.verb) {
    case 'service':
      return (await import('./cli/service-verb.ts')).serviceVerb(instruction.options, complain);
    case 'run':
      (await import('./cli/run-verb.ts')).runVerb(instruction.options);
      return undefined;
    case 'version':
      process.stdout.write(`${product.name} ${product.version}\n`);
      return exitCodes.success.code;
    case 'help':
      if (instruction.asked) process.stdout.write(help);
      else complain(help);
      return instruction.asked ? exitCodes.success.code : exitCodes.usage.code;
    case 'wrong':
      complain(`${instruction.complaint}\nSee ${product.executableName} --help.`);
      return exitCodes.usage.code;
    default:
      return instruction satisfies never;
  }
}

function complain(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}
