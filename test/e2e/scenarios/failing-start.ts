import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { assertRolledBack } from '../leftovers.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Scenario } from '../scenario.ts';
import { cannotStart } from '../variants.ts';

/** A service that cannot start is an installation that did not happen. */
export const scenario: Scenario = {
  description: 'a service that does not start rolls the whole installation back',
  async run(context) {
    const { machine, packages, installed, step } = context;
    const broken = await step('build a package whose service cannot start', async () =>
      context.deployment(await packages.variant(cannotStart)),
    );
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    await step('install', async () => assert.notEqual(await broken.msiexec.install(), 0));
    await step('nothing is left', async () => {
      assert.equal(await broken.service.query(), undefined, 'the SCM knows the service');
      assert.ok(!existsSync(installed.installFolder), 'the folder of the programs is there');
      assertRolledBack(before, await takeSnapshot(machine));
    });
    await step('the machine is fit for a package that works', async () => {
      assert.equal(await context.msiexec.install(), 0);
      await context.service.waitFor('running');
    });
  },
};
