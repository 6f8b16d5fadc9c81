import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { exitCodes, type FaultName } from '../../../src/product/exit-codes.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';
import { makeWindowsTools } from '../windows-tools.ts';

/**
 * The host without the MSI: `test/support/trial-service.ts` misbehaves in every way a handler can, and the SCM has to see
 * the documented end each time. Also how soon the process is gone after STOPPED, which is what an uninstall depends on.
 */
export const scenario: Scenario = {
  description: 'a service that fails, hangs or takes its time, as the SCM sees it',
  async run(context) {
    const trial = await context.step('register the trial service', () => registerTrial(context));
    for (const [how, fault] of faults) {
      await context.step(`${how} ends as ${fault}`, () => endsWith(trial, how, fault));
    }
    await context.step('slow start and stop report their progress and end well', () => slowOperations(trial));
    await context.step('the process is gone when STOPPED is seen', () => gone(trial));
  },
};

/** What the handler does, by argument of StartService, by control, or while it stops; and how that has to end. */
const faults: readonly (readonly [how: string, fault: FaultName])[] = [
  ['throw', 'unexpectedFault'],
  ['reject', 'unexpectedFault'],
  ['control 200', 'unexpectedFault'],
  ['control 201', 'unexpectedFault'],
  ['control 202', 'unexpectedFault'],
  ['fail-start', 'startFailed'],
  ['hang-start', 'operationHung'],
  ['fail-stop', 'stopFailed'],
  ['hang-stop', 'operationHung'],
];

/** Longest time between STOPPED as another process sees it and the end of the process. */
const goneWithinMs = 40;

async function endsWith(trial: Trial, how: string, fault: FaultName): Promise<void> {
  trial.clearLog();
  const control = /^control (\d+)$/.exec(how)?.[1];
  await trial.tell('start', ...(control === undefined ? [how] : []));
  if (control !== undefined || how.endsWith('-stop')) await trial.tell('wait', 'running');
  if (control !== undefined) await trial.tell('control', control);
  if (how.endsWith('-stop')) await trial.tell('stop');
  const { status } = await trial.tell('wait', 'stopped');
  assert.deepEqual([status?.win32ExitCode, status?.serviceSpecificExitCode], [1066, exitCodes[fault].code]);
  assert.match(trial.log().at(-1) ?? '', new RegExp(`^\\d+ fatal ${fault} `));
}

async function slowOperations(trial: Trial): Promise<void> {
  trial.clearLog();
  await trial.tell('start', 'slow-start', 'slow-stop');
  const { status } = await trial.tell('wait', 'running');
  assert.equal(status?.win32ExitCode, 0);
  const stopped = await trial.tell('time-stop');
  assert.deepEqual(stopped.seen, ['stop-pending', 'stopped']);
  assert.equal(stopped.status?.win32ExitCode, 0);
  const calls = trial.log().map((line) => line.replace(/^\d+ /, ''));
  const steps = (of: string) => [1, 2, 3, 4].map((step) => `${of} step ${step}`);
  const start = ['start slow-start slow-stop', ...steps('start'), 'running'];
  assert.deepEqual(calls, [...start, 'stop stop', ...steps('stop'), 'stop done']);
}

async function gone(trial: Trial): Promise<void> {
  await trial.tell('start');
  await trial.tell('wait', 'running');
  const { processGoneAfterStoppedMs = Number.POSITIVE_INFINITY } = await trial.tell('time-stop');
  assert.ok(processGoneAfterStoppedMs <= goneWithinMs, `${processGoneAfterStoppedMs} ms after STOPPED`);
}

type Trial = Awaited<ReturnType<typeof registerTrial>>;

interface Report {
  readonly ok: boolean;
  readonly status?: {
    readonly state: string;
    readonly win32ExitCode: number;
    readonly serviceSpecificExitCode: number;
  };
  readonly seen?: readonly string[];
  readonly processGoneAfterStoppedMs?: number;
}

async function registerTrial({ machine, product }: ScenarioContext) {
  const folder = join(machine.driveC, 'trial');
  const projectRoot = join(import.meta.dirname, '..', '..', '..');
  const tools = await makeWindowsTools(projectRoot, folder, product.runtime.node);
  const program = join(folder, 'trial-service.cjs');
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['test/support/trial-service.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'error',
  });
  const log = join(folder, 'trial.log');
  const [node, trialService, logFile, control] = [tools.node, program, log, tools.scmControl].map((path) =>
    machine.toWindowsPath(path),
  ) as [string, string, string, string];
  const imagePath = `${node} ${trialService} scm ${logFile} Trial`;
  const { exitCode, output } = await machine.run(['sc', 'create', 'Trial', 'binPath=', imagePath]);
  assert.equal(exitCode, 0, output);
  return {
    clearLog: () => rmSync(log, { force: true }),
    log: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
    /** @throws AssertionError when the SCM did not do it. */
    async tell(verb: string, ...rest: string[]): Promise<Report> {
      const result = await machine.run([node, control, 'Trial', verb, ...rest]);
      const report = JSON.parse(result.output) as Report;
      assert.ok(report.ok, result.output);
      return report;
    },
  };
}
