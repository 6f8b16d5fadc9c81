import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { assertNothingLeft } from '../leftovers.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/**
 * Uninstall without a stop first, as management software does it. Windows waits for STOPPED before it removes files;
 * Wine only sends the control and removes them 10 to 30 ms later. So this is a race here, even for a daemon that is gone
 * at once, and one clean round of several is what is asked: a daemon that lingers after STOPPED never has one.
 */
export const scenario: Scenario = {
  description: 'uninstall of the running service',
  async run(context) {
    const { machine, msiexec, service, step } = context;
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    await step('the process is gone as soon as it is STOPPED', async () => {
      assert.equal(await msiexec.install(), 0);
      await service.waitFor('running');
      const lingeredMs = await service.timeStop();
      assert.ok(lingeredMs < maximumLingerMs, `it was there for another ${lingeredMs} ms`);
      await service.send('start');
      return `after ${lingeredMs.toFixed(1)} ms`;
    });
    let clean = false;
    for (let round = 1; round <= maximumRounds && !clean; round++) {
      clean = (await step(`round ${round}`, () => installAndUninstall(context))) === cleanRound;
    }
    assert.ok(clean, 'every round left files of the running service');
    await step('nothing is left', async () => assertNothingLeft(before, await takeSnapshot(machine), context));
  },
};

const maximumRounds = 5;
const maximumLingerMs = 500;
const cleanRound = 'clean';

/** @returns what was left in words. */
async function installAndUninstall({ msiexec, service, installed }: ScenarioContext): Promise<string> {
  assert.equal(await msiexec.install(), 0);
  await service.waitFor('running');
  assert.equal(await msiexec.uninstall(), 0);
  assert.equal(await service.query(), undefined, 'the SCM still knows the service');
  if (!existsSync(installed.installFolder)) return cleanRound;
  return `left ${readdirSync(installed.installFolder).join(', ')}`;
}
