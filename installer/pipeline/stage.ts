/**
 * One step of `npm run package`: a typed input becomes a typed output, which is plain JSON so that it can be printed,
 * kept beside the build and reused when nothing that the stage reads has changed.
 */
export type StageName =
  | 'check'
  | 'bundle'
  | 'runtime'
  | 'resources'
  | 'executable'
  | 'messages'
  | 'wix-source'
  | 'msi'
  | 'validate'
  | 'manifest';

export interface StageContext {
  /** Aborted on Ctrl+C. A stage passes it on, or looks at it between steps, and leaves no half-written output. */
  readonly signal: AbortSignal;
  /** A few words on how far a long step is, such as `12.4 MB`. */
  progress(text: string): void;
}

export interface StageResult<Output> {
  readonly output: Output;
  /** Files the stage wrote; when one of them is gone or touched, the stage runs again. */
  readonly written: readonly string[];
  /** Files it turned out to read, beyond those `reads` named (the modules of a bundle). */
  readonly alsoRead?: readonly string[];
  /** False when the stage cannot tell what it read: it then runs every time. */
  readonly reusable?: boolean;
  /** Size of what the stage made, for the report. */
  readonly sizeBytes?: number;
  /** A few words for the report, such as `Node.js 24.21.0 from the cache`. */
  readonly note?: string;
}

export interface Stage<Input, Output> {
  readonly name: StageName;
  readonly title: string;
  /** Everything but file contents that decides the output: settings, versions, paths. JSON. */
  fingerprint(input: Input): unknown;
  /** Files whose contents decide the output. */
  reads(input: Input): readonly string[];
  run(input: Input, context: StageContext): Promise<StageResult<Output>>;
}

export type PipelineEvent =
  | { readonly type: 'stage-started'; readonly stage: StageName; readonly title: string }
  | { readonly type: 'stage-progress'; readonly stage: StageName; readonly text: string }
  | {
      readonly type: 'stage-finished';
      readonly stage: StageName;
      readonly title: string;
      /** The output of an earlier run was still good. */
      readonly reused: boolean;
      readonly durationMs: number;
      readonly sizeBytes?: number;
      readonly note?: string;
    }
  | { readonly type: 'stage-failed'; readonly stage: StageName; readonly title: string; readonly durationMs: number };
