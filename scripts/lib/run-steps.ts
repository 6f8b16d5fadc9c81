import type { Step, StepOutcome, StepResult, TestCounts } from './step.ts';

/** Runs steps one after the other; a failed one does not keep the next from telling what it knows. */
export async function runSteps(steps: readonly Step[]): Promise<StepResult[]> {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => stop.abort(signal);
  for (const name of stopSignals) process.once(name, onSignal);
  const results: StepResult[] = [];
  try {
    for (const step of steps) {
      if (stop.signal.aborted) break;
      console.log(`\n== ${step.name}: ${step.description}`);
      const startedMs = performance.now();
      const outcome = await runOne(step, stop.signal);
      results.push({ ...outcome, name: step.name, elapsedMs: performance.now() - startedMs });
    }
  } finally {
    for (const name of stopSignals) process.off(name, onSignal);
  }
  if (stop.signal.aborted)
    results.push({ name: 'stopped', status: 'failed', detail: `${stop.signal.reason}`, elapsedMs: 0 });
  return results;
}

/** `step  result  time  tests` for each step, as aligned text. */
export function formatResults(results: readonly StepResult[]): string {
  const rows = results.map(({ name, status, elapsedMs, tests, detail }) => [
    name,
    status,
    `${(elapsedMs / 1000).toFixed(1)} s`,
    [tests === undefined ? '' : formatCounts(tests), detail ?? ''].filter((text) => text !== '').join('; '),
  ]);
  return formatTable([['step', 'result', 'time', 'detail'], ...rows]);
}

/** Columns padded to their widest cell, two spaces apart. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * The sum over all steps. A step that failed although none of its tests did (lint, types, a runner that crashed) counts
 * as one failure, so that `0 failed` always means success.
 */
export function totalCounts(results: readonly StepResult[]): TestCounts {
  return results.reduce<TestCounts>(
    (total, { status, tests }) => {
      const failed = tests?.failed ?? 0;
      return {
        passed: total.passed + (tests?.passed ?? 0),
        failed: total.failed + (status === 'failed' ? Math.max(1, failed) : failed),
        skipped: total.skipped + (tests?.skipped ?? 0),
      };
    },
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** `12 passed, 0 failed`, with `, 3 skipped` when there are any. */
export function formatCounts({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function runOne(step: Step, signal: AbortSignal): Promise<StepOutcome> {
  try {
    return await step.run({ signal });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { status: 'failed', detail: 'could not run' };
  }
}
