/** One line per finished stage: for logs, CI and `--verbose`. */
import { formatDuration, formatSize } from '../format-units.ts';
import type { PipelineEvent } from '../pipeline/stage.ts';
import type { Reporter } from './reporter.ts';
import { summaryLines } from './summary.ts';

export interface PlainReporterOptions {
  readonly write: (text: string) => void;
  /** Also prints what stages say while they work. */
  readonly verbose: boolean;
}

export function plainReporter({ write, verbose }: PlainReporterOptions): Reporter {
  return {
    onEvent(event) {
      if (event.type === 'stage-finished') write(`${finishedLine(event)}\n`);
      else if (event.type === 'stage-failed') write(`✖ ${event.title}\n`);
      else if (verbose && event.type === 'stage-progress') write(`    ${event.stage}: ${event.text}\n`);
    },
    finished: async (result) => write(`${(await summaryLines(result)).join('\n')}\n`),
    failed: async () => undefined,
  };
}

/** `✔ Bundle the daemon (esbuild)   0.05 s   84 kB` */
export function finishedLine(event: Extract<PipelineEvent, { type: 'stage-finished' }>): string {
  return `${event.reused ? '≡' : '✔'} ${event.title.padEnd(36)} ${measures(event)}`.trimEnd();
}

/** Time, size and note of a finished stage in columns. */
export function measures({
  reused,
  durationMs,
  sizeBytes,
  note,
}: Extract<PipelineEvent, { type: 'stage-finished' }>): string {
  const time = reused ? 'unchanged' : formatDuration(durationMs);
  const size = sizeBytes === undefined ? '' : formatSize(sizeBytes);
  return `${time.padStart(10)} ${size.padStart(9)}  ${note ?? ''}`.trimEnd();
}
