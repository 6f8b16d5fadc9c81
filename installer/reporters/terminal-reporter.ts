/** A live list of stages, for a person at a terminal. */
import { Listr, type ListrTaskWrapper } from 'listr2';
import { stageTitles } from '../pipeline/package-product.ts';
import type { PipelineEvent, StageName } from '../pipeline/stage.ts';
import { measures } from './plain-reporter.ts';
import type { Reporter } from './reporter.ts';
import { summaryLines } from './summary.ts';

type Task = ListrTaskWrapper<unknown, typeof import('listr2').DefaultRenderer, typeof import('listr2').SimpleRenderer>;

/** A task of the list: shown from the start, begun and ended by the events of its stage. */
interface Row {
  readonly begun: PromiseWithResolvers<Task>;
  readonly ended: PromiseWithResolvers<void>;
}

export function terminalReporter(write: (text: string) => void): Reporter {
  const rows = new Map<StageName, Row>(
    stageTitles.map(([name]) => [name, { begun: Promise.withResolvers<Task>(), ended: Promise.withResolvers<void>() }]),
  );
  for (const row of rows.values()) row.ended.promise.catch(() => undefined);
  const list = new Listr(
    stageTitles.map(([name, title]) => ({
      title,
      task: (_context: unknown, task: Task) => {
        rows.get(name)?.begun.resolve(task);
        return rows.get(name)?.ended.promise;
      },
    })),
    {
      concurrent: false,
      // Ctrl+C is the command's: the stages have to tidy up before the process ends.
      registerSignalListeners: false,
      rendererOptions: { collapseErrors: false, showErrorMessage: false },
    },
  );
  const shown = list.run().catch(() => undefined);
  return {
    onEvent: (event) => void show(event, rows.get(event.stage)),
    async finished(result) {
      await shown;
      write(`${(await summaryLines(result)).join('\n')}\n`);
    },
    async failed() {
      for (const row of rows.values()) row.ended.reject(new Error('stopped'));
      await shown;
    },
  };
}

async function show(event: PipelineEvent, row: Row | undefined): Promise<void> {
  if (row === undefined) return;
  const task = await row.begun.promise;
  if (event.type === 'stage-progress') task.output = event.text;
  if (event.type === 'stage-finished') {
    task.title = `${event.title.padEnd(36)} ${measures(event)}`;
    row.ended.resolve();
  }
  if (event.type === 'stage-failed') row.ended.reject(new Error('failed'));
}
