/** `validate`: what is wrong with MSIs. Only arguments and presentation; the rules are `installer/validate/`. */
import type { Command } from 'commander';
import { ToolError } from '../errors.ts';
import { FormatError } from '../formats/format-error.ts';
import { decodeMsi } from '../formats/msi/index.ts';
import { nearestName } from '../nearest-name.ts';
import { openInput } from '../tools/open-input.ts';
import { type Finding, formatFinding, rules, validateDatabase } from '../validate/index.ts';

interface ValidateFlags {
  readonly json: boolean;
  readonly suppress: string[];
  readonly warningsAsErrors: boolean;
}

interface FileFindings {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** Why the file is no MSI, when it is none. */
  readonly unreadable?: string;
}

export function registerValidate(program: Command): void {
  program
    .command('validate')
    .description('check MSIs against the ICE rules and the rules for services; docs/validation.md lists them')
    .argument('<msi...>', 'the files to check')
    .option('--json', 'print JSON', false)
    .option('--suppress <rules>', 'numbers of rules to leave out, separated by commas', ruleNumbers, [])
    .option('--warnings-as-errors', 'fail on warnings too', false)
    .action((paths: readonly string[], flags: ValidateFlags) => runValidate(paths, flags));
}

async function runValidate(paths: readonly string[], flags: ValidateFlags): Promise<void> {
  const results: FileFindings[] = [];
  for (const file of paths) results.push(await validateFile(file, flags));
  console.log(
    flags.json ? JSON.stringify(results, undefined, 2) : [...results.map(fileText), totals(results)].join('\n'),
  );
  if (results.some(hasFailed)) process.exitCode = 1;
}

/** One file that is no MSI does not keep the others from being looked at. */
async function validateFile(file: string, flags: ValidateFlags): Promise<FileFindings> {
  try {
    return { file, findings: validateDatabase(await decodeMsi(await openInput(file)), flags) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { file, findings: [], unreadable: error.message };
  }
}

function hasFailed({ findings, unreadable }: FileFindings): boolean {
  return unreadable !== undefined || findings.some(({ severity }) => severity === 'error');
}

function ruleNumbers(text: string, earlier: readonly string[]): string[] {
  const known = rules.map(({ id }) => id);
  const asked = text.split(',').map((id) => id.trim().toUpperCase());
  for (const id of asked) {
    if (known.includes(id)) continue;
    const nearest = nearestName(id, known);
    throw new ToolError('rule-unknown', `Cannot suppress "${id}": there is no such rule`, {
      cure: nearest === undefined ? 'docs/validation.md lists the rules.' : `Did you mean "${nearest}"?`,
    });
  }
  return [...earlier, ...asked];
}

function fileText({ file, findings, unreadable }: FileFindings): string {
  if (unreadable !== undefined) return `${file}: ${unreadable}`;
  if (findings.length === 0) return `${file}: nothing to report`;
  const lines = findings.flatMap((finding) => [`  ${formatFinding(finding)}`, `    → ${finding.cure}`]);
  return [`${file}:`, ...lines].join('\n');
}

function totals(results: readonly FileFindings[]): string {
  const severities = results.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const errors = severities.filter((severity) => severity === 'error').length;
  const unreadable = results.filter((result) => result.unreadable !== undefined).length;
  return [
    counted(errors, 'error'),
    counted(severities.length - errors, 'warning'),
    ...(unreadable === 0 ? [] : [`${counted(unreadable, 'file')} not read`]),
  ].join(', ');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
