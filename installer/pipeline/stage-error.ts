import type { StageName } from './stage.ts';

/** A stage threw: which one, with the error as `cause`. */
export class StageError extends Error {
  readonly code = 'stage-failed';
  readonly stage: StageName;

  constructor(stage: StageName, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StageError';
    this.stage = stage;
  }
}
