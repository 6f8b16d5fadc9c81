/** `compile`: WiX v3 sources to an MSI. Only arguments and presentation; the work is `installer/wix/`. */
import { dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Diagnostic, formatDiagnostic } from '../diagnostic.ts';
import { ToolError } from '../errors.ts';
import { type CompileToFileResult, compileToFile } from '../tools/compile-to-file.ts';
import { sourceDateEpoch } from '../tools/source-date.ts';
import type { Architecture } from '../wix/index.ts';
import { untilInterrupted } from './interrupt.ts';

interface CompileFlags {
  readonly out: string;
  readonly define: Readonly<Record<string, string>>;
  readonly include: readonly string[];
  readonly bind: readonly string[];
  readonly loc: readonly string[];
  readonly cultures: readonly string[];
  readonly arch: Architecture;
  readonly json: boolean;
}

export function registerCompile(program: Command): void {
  program
    .command('compile')
    .description('compile WiX v3 sources (.wxs) into an MSI')
    .argument('<sources...>', 'the .wxs files; all of them together make one product')
    .requiredOption('-o, --out <file>', 'the MSI to write')
    .option('-d, --define <name=value>', 'define a preprocessor variable; may be repeated', addDefinition, {})
    .option('-I, --include <dir>', 'search included files here; may be repeated', append, [])
    .option(
      '-b, --bind <[name=]dir>',
      'search payload files here, or those of !(bindpath.name); may be repeated',
      append,
      [],
    )
    .option('--loc <file>', 'take translations from this .wxl file; may be repeated', append, [])
    .option('--cultures <list>', 'cultures to use, the most wanted first, such as "zh-CN;en-US"', splitList, [])
    .addOption(new Option('--arch <name>', 'processor of the target').choices(['x86', 'x64', 'arm64']).default('x86'))
    .option('--json', 'print the result as one JSON object', false)
    .action((sources: readonly string[], flags: CompileFlags) => runCompile(sources, flags));
}

async function runCompile(sources: readonly string[], flags: CompileFlags): Promise<void> {
  await untilInterrupted(async (signal) => {
    const result = await compileToFile({
      sources,
      output: flags.out,
      variables: flags.define,
      includePaths: flags.include,
      bindPaths: flags.bind,
      localizations: flags.loc,
      cultures: flags.cultures,
      arch: flags.arch,
      sourceDateEpoch: await sourceDateEpoch(dirname(resolve(sources[0] ?? '.'))),
      signal,
    }).catch((error: unknown) => {
      throw explainMissingSource(error, sources);
    });
    if (flags.json) console.log(JSON.stringify(result, undefined, 2));
    else printResult(result);
    if (!result.ok) process.exitCode = 1;
  });
}

function printResult(result: CompileToFileResult): void {
  for (const diagnostic of result.diagnostics) console.error(formatDiagnostic(diagnostic));
  if (result.ok) console.log(`${result.outputs.join('\n')}`);
  else console.error(countOf(result.diagnostics));
}

function countOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return errors === 1 ? '1 error; nothing was written.' : `${errors} errors; nothing was written.`;
}

function explainMissingSource(error: unknown, sources: readonly string[]): unknown {
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (path === undefined || !sources.includes(path)) return error;
  return new ToolError('file-missing', `Cannot read "${path}": found ${code ?? 'an error'}, wanted a WiX source file`, {
    cure: 'Check the path.',
    cause: error,
  });
}

function addDefinition(text: string, previous: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new InvalidArgumentError(`Expected name=value, found "${text}".`);
  return { ...previous, [name]: equals < 0 ? '' : text.slice(equals + 1) };
}

function splitList(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, ...text.split(/[;,]/).map((part) => part.trim())].filter((part) => part !== '');
}

function append(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, text];
}
