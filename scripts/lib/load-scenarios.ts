import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario } from '../../test/e2e/scenario.ts';
import { projectRoot } from './project.ts';

export interface NamedScenario extends Scenario {
  readonly name: string;
}

/** Every scenario of `test/e2e/scenarios`, in the order of their names. */
export async function loadScenarios(): Promise<NamedScenario[]> {
  const folder = join(projectRoot, 'test', 'e2e', 'scenarios');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as { scenario: Scenario };
      return { ...module.scenario, name: basename(file, '.ts') };
    }),
  );
}
