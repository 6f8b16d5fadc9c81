import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { assertNothingLeft } from '../leftovers.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Uninstall without a stop first, as management software does it. The installer stops the service and removes its files
 * tens of milliseconds later: a daemon that lingers after STOPPED keeps its executable from being deleted, while msiexec
 * reports success. Several rounds, because that is a race.
 */
export const scenario: Scenario = {
  description: 'uninstall of the running service, several times over',
  async run(context) {
    const { machine, msiexec, service, installed, step } = context;
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    for (let round = 1; round <= rounds; round++) {
      await step(`round ${round}: install and uninstall`, async () => {
        assert.equal(await msiexec.install(), 0);
        await service.waitFor('running');
        assert.equal(await msiexec.uninstall(), 0);
        assert.equal(await service.query(), undefined, 'the SCM still knows the service');
        assert.equal(existsSync(installed.installFolder), false, 'the installation folder is still there');
      });
    }
    await step('nothing is left', async () => assertNothingLeft(before, await takeSnapshot(machine), context));
  },
};

const rounds = 3;
