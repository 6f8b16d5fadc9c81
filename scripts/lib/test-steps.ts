import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSteps } from './check-steps.ts';
import { canInstall, type ForeignTool, installTools, missingTools, updatePackageLists } from './debian-packages.ts';
import { isCi, packageProgram, projectRoot, reportFolder } from './project.ts';
import { runChild } from './run-child.ts';
import type { Step, StepContext, StepOutcome, TestCounts } from './step.ts';

/** Everything `npm test` does, in order. */
export const testSteps: readonly Step[] = [
  { name: 'tools', description: 'foreign programs that serve as referees', run: provideTools },
  ...checkSteps,
  { name: 'tests', description: 'unit, golden and differential tests (vitest)', run: runVitest },
  { name: 'end to end', description: 'the MSI installed by msiexec under Wine', run: runEndToEnd },
];

async function provideTools({ signal }: StepContext): Promise<StepOutcome> {
  let missing = await missingTools();
  if (missing.length === 0) return { status: 'passed' };
  if (canInstall() && (await updatePackageLists(signal))) {
    await installTools(await missingTools(), signal);
    missing = await missingTools();
    if (missing.length === 0) return { status: 'passed' };
  }
  reportMissing(missing);
  const detail = `missing: ${missing.map(({ command }) => command).join(', ')}`;
  return { status: isCi ? 'failed' : 'skipped', detail };
}

function reportMissing(missing: readonly ForeignTool[]): void {
  console.warn('Not run, because a program is missing:');
  for (const { command, neededFor } of missing) console.warn(`  ${neededFor} ("${command}")`);
  const packages = missing.flatMap(({ debianPackages }) => debianPackages);
  console.warn(`On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${packages.join(' ')}`);
}

async function runVitest({ signal }: StepContext): Promise<StepOutcome> {
  const reportPath = join(reportFolder, 'vitest.json');
  await mkdir(reportFolder, { recursive: true });
  await rm(reportPath, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const exitCode = await runChild(process.execPath, [packageProgram('vitest', 'vitest'), 'run', ...reporters], {
    signal,
  });
  const report = await readReport<VitestReport>(reportPath);
  if (report === undefined) return { status: 'failed', detail: `no report, exit code ${exitCode}` };
  const tests: TestCounts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  // vitest has its own reasons to fail (an unhandled rejection, a file that does not load) with every test passed.
  return exitCode === 0 ? { status: 'passed', tests } : { status: 'failed', tests, detail: `exit code ${exitCode}` };
}

async function runEndToEnd({ signal }: StepContext): Promise<StepOutcome> {
  const reportPath = join(reportFolder, 'e2e.json');
  await mkdir(reportFolder, { recursive: true });
  await rm(reportPath, { force: true });
  const script = join(projectRoot, 'scripts', 'e2e.ts');
  const exitCode = await runChild(process.execPath, [script, '--report', reportPath], { signal });
  const report = await readReport<EndToEndReport>(reportPath);
  if (report === undefined) return { status: 'failed', detail: `no report, exit code ${exitCode}` };
  if (report.unavailable !== undefined) {
    return { status: isCi ? 'failed' : 'skipped', detail: 'no Wine, see above', tests: report.tests };
  }
  return exitCode === 0
    ? { status: 'passed', tests: report.tests }
    : { status: 'failed', tests: report.tests, detail: `exit code ${exitCode}` };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/** What `scripts/e2e.ts --report` writes. */
export interface EndToEndReport {
  readonly tests: TestCounts;
  /** Why nothing ran: this machine has no Wine that will do. */
  readonly unavailable?: string;
}

async function readReport<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
