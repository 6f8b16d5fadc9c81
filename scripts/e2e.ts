import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type MsiPackage, MsiPackages, readPackage, requireProduct } from '../test/e2e/msi-packages.ts';
import { runScenario, type ScenarioResult } from '../test/e2e/run-scenario.ts';
import { makeWindowsTools } from '../test/e2e/windows-tools.ts';
import { openWine, type Wine } from '../test/support/wine/open-wine.ts';
import { WineError } from '../test/support/wine/wine-error.ts';
import { loadScenarios, type NamedScenario } from './lib/load-scenarios.ts';
import { nodeVersionNotice, projectRoot, reportFolder } from './lib/project.ts';
import { runChild } from './lib/run-child.ts';
import { formatCounts, formatTable } from './lib/run-steps.ts';

/** `npm run e2e`: the MSI installed for real, by msiexec under Wine. */
const usage = `Usage: npm run e2e [-- OPTIONS]

Builds the MSI (what has not changed is not built again), then installs, drives and uninstalls it under Wine.

Options:
  --msi PATH      test this MSI instead of building one
  --only NAME     run only this scenario (may be repeated)
  --list          name the scenarios
  --keep          leave the machines' files and say where
  --json          results as JSON on standard output, everything else on standard error
  --report PATH   results as JSON into this file
  --help          show this text

Exit code: 0 all passed, 1 a scenario failed, 2 this machine has no Wine that will do.`;

const { values: options } = parseArgs({
  options: {
    msi: { type: 'string' },
    only: { type: 'string', multiple: true },
    list: { type: 'boolean' },
    keep: { type: 'boolean' },
    json: { type: 'boolean' },
    report: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

const log = (line: string): void => (options.json ? console.error(line) : console.log(line));

// A plain exit runs the hooks that end Wine's processes and delete its files.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => process.exit(exitCode));
}
process.exitCode = await main();

interface NamedResult extends ScenarioResult {
  readonly name: string;
}

async function main(): Promise<number> {
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const scenarios = await loadScenarios();
  if (options.list) {
    console.log(formatTable(scenarios.map(({ name, description }) => [name, description])));
    return 0;
  }
  const unknown = options.only?.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    console.error(`Cannot run scenario "${unknown}": there is none of that name; see --list`);
    return 1;
  }
  const notice = nodeVersionNotice();
  if (notice !== undefined) log(notice);
  return runAll(scenarios.filter(({ name }) => options.only?.includes(name) ?? true));
}

async function runAll(scenarios: readonly NamedScenario[]): Promise<number> {
  const underTest = await packageUnderTest();
  if (underTest === undefined) return 1;
  const wine = await openWineOrSay();
  if (typeof wine === 'string') {
    writeReport([], { unavailable: wine, scenarios });
    return 2;
  }
  const { node } = underTest.product.runtime;
  const tools = await makeWindowsTools(projectRoot, join(reportFolder, 'windows-tools'), node);
  const packages = new MsiPackages(underTest, { projectRoot, buildFolder: join(projectRoot, 'build', 'e2e') });
  log(`${underTest.msi}\n${wine.version}`);
  const results: NamedResult[] = [];
  for (const { name, ...scenario } of scenarios) {
    log(`\n${name}: ${scenario.description}`);
    const result = await runScenario(scenario, { wine, tools, packages, keep: options.keep ?? false, log });
    if (result.report !== undefined) log(result.report);
    results.push({ name, ...result });
  }
  const totalMs = results.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const rows = [...results.map(resultRow), ['total', '', formatSeconds(totalMs), '']];
  log(`\n${formatTable([['scenario', 'result', 'time', ''], ...rows])}`);
  writeReport(results, { scenarios });
  return results.every(({ status }) => status === 'passed') ? 0 : 1;
}

/** @returns `undefined` when the MSI could not be built (the build has said why). */
async function packageUnderTest(): Promise<MsiPackage | undefined> {
  const productFile = join(projectRoot, 'installer', 'product.json');
  if (options.msi !== undefined) return { msi: resolve(options.msi), product: await requireProduct(productFile) };
  log('building the MSI');
  const logFile = options.json ? { stdoutPath: join(reportFolder, 'package.log') } : {};
  mkdirSync(reportFolder, { recursive: true });
  const exitCode = await runChild(process.execPath, [join(projectRoot, 'installer', 'cli.ts'), 'package'], logFile);
  return exitCode === 0 ? readPackage(join(projectRoot, 'dist'), productFile) : undefined;
}

async function openWineOrSay(): Promise<Wine | string> {
  try {
    return await openWine({ log });
  } catch (error) {
    if (!(error instanceof WineError && error.code === 'unavailable')) throw error;
    console.error(error.message);
    return error.message;
  }
}

function resultRow({ name, status, elapsedMs, folder }: NamedResult): string[] {
  return [name, status, formatSeconds(elapsedMs), folder ?? ''];
}

function formatSeconds(elapsedMs: number): string {
  return `${(elapsedMs / 1000).toFixed(1)} s`;
}

function writeReport(
  results: readonly NamedResult[],
  { unavailable, scenarios }: { unavailable?: string; scenarios: readonly NamedScenario[] },
): void {
  const passed = results.filter(({ status }) => status === 'passed').length;
  const tests = { passed, failed: results.length - passed, skipped: scenarios.length - results.length };
  log(`\n${formatCounts(tests)}`);
  const report = { tests, results, ...(unavailable === undefined ? {} : { unavailable }) };
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (options.json) process.stdout.write(text);
  if (options.report === undefined) return;
  mkdirSync(dirname(resolve(options.report)), { recursive: true });
  writeFileSync(options.report, text);
}
