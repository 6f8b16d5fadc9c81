import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedVersions } from '../machine-facts.ts';
import type { Deployment, Scenario, ScenarioContext } from '../scenario.ts';

/** The next version over a running service that has data, and the way back, which is refused. */
export const scenario: Scenario = {
  description: 'upgrade of the running service keeps its data; a downgrade is refused and changes nothing',
  async run(context) {
    const { packages, installed, service, daemonLog, msiexec, step } = context;
    const next = await step('build the next version', async () => context.deployment(await packages.nextVersion()));
    const data = join(installed.dataFolder, 'logs', 'kept.txt');
    await step('install, and let it work', async () => {
      assert.equal(await msiexec.install(), 0);
      await daemonLog.waitFor('started');
      writeFileSync(data, 'precious');
    });
    await step('upgrade', async () => assert.equal(await next.msiexec.install(), 0));
    await step('the new version runs, alone', () => runsAlone(next, context));
    await step('downgrade', async () => assert.equal(await msiexec.install(), ERROR_INSTALL_FAILURE));
    await step('the new version still runs', () => runsAlone(next, context));
    assert.equal(readFileSync(data, 'utf8'), 'precious');
    await step('uninstall', async () => {
      await service.send('stop');
      assert.equal(await next.msiexec.uninstall(), 0);
      assert.equal(await service.query(), undefined, 'the SCM still knows the service');
      assert.ok(!existsSync(installed.installFolder), 'the folder of the programs is still there');
      assert.equal(readFileSync(data, 'utf8'), 'precious');
    });
  },
};

const ERROR_INSTALL_FAILURE = 1603;

async function runsAlone({ product, service, daemonLog }: Deployment, { machine }: ScenarioContext): Promise<void> {
  await service.waitFor('running');
  await daemonLog.waitFor('started', 2);
  assert.equal(daemonLog.lastStart().version, product.version, 'the version in the log');
  assert.deepEqual(await listedVersions(machine, product.name), [product.version], 'versions in Apps & features');
}
