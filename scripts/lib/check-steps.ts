import { findStaleFiles } from './generated-files.ts';
import { packageProgram } from './project.ts';
import { runChild } from './run-child.ts';
import { outcomeOf, type Step } from './step.ts';

/** What can be said about the sources without running them. */
export const checkSteps: readonly Step[] = [
  {
    name: 'style',
    description: 'format and lint (biome)',
    async run({ signal }) {
      return outcomeOf(
        await runChild(process.execPath, [packageProgram('@biomejs/biome', 'biome'), 'check', '.'], { signal }),
      );
    },
  },
  {
    name: 'types',
    description: 'TypeScript, strict',
    async run({ signal }) {
      return outcomeOf(await runChild(process.execPath, [packageProgram('typescript', 'tsc'), '--noEmit'], { signal }));
    },
  },
  {
    name: 'generated',
    description: 'generated files are up to date',
    async run() {
      const stale = await findStaleFiles();
      for (const line of stale) console.error(line);
      return stale.length === 0 ? { status: 'passed' } : { status: 'failed', detail: `${stale.length} stale` };
    },
  },
];
