import assert from 'node:assert/strict';
import { compareSnapshots, type MachineSnapshot } from './machine-snapshot.ts';
import type { ScenarioContext } from './scenario.ts';

/**
 * Asserts that an uninstalled product left nothing but what the documentation says it leaves: the data folder, whose
 * logs and state are the customer's. Wine's own traces of running programs are not the product's.
 */
export function assertNothingLeft(before: MachineSnapshot, after: MachineSnapshot, { product }: ScenarioContext): void {
  const dataFolder = `added C:/ProgramData/${product.name}/`;
  const unexpected = compareSnapshots(before, after).filter(
    (line) => !line.startsWith(dataFolder) && !wineTraces.some((trace) => trace.test(line)),
  );
  assert.deepEqual(unexpected, [], 'what the uninstalled product left, lost or changed');
}

const wineTraces: readonly RegExp[] = [];
