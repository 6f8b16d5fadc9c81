/** One step of `npm test` or `npm run check`. The commands are lists of these; `run-steps.ts` runs them. */
export interface Step {
  readonly name: string;
  /** One line for `--help`. */
  readonly description: string;
  run(context: StepContext): Promise<StepOutcome>;
}

export interface StepContext {
  /** Aborted by Ctrl+C or a termination request; children are to be started with it. */
  readonly signal: AbortSignal;
}

export interface StepOutcome {
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or what failed, in a few words. */
  readonly detail?: string;
  /** Tests executed; absent for a step that is no test runner. */
  readonly tests?: TestCounts;
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface StepResult extends StepOutcome {
  readonly name: string;
  readonly elapsedMs: number;
}

/** The outcome of a step that is one program: exit code 0 is success. */
export function outcomeOf(exitCode: number): StepOutcome {
  return exitCode === 0 ? { status: 'passed' } : { status: 'failed', detail: `exit code ${exitCode}` };
}
