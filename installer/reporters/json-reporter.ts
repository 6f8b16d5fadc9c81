/** One JSON object per line and event: for machines. */
import type { Reporter } from './reporter.ts';

export function jsonReporter(write: (text: string) => void): Reporter {
  const line = (value: object): void => write(`${JSON.stringify(value)}\n`);
  return {
    onEvent: line,
    finished: async (result) => line({ type: 'finished', ...result }),
    failed: async () => undefined,
  };
}
