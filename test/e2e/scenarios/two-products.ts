import assert from 'node:assert/strict';
import { assertNothingLeft } from '../leftovers.ts';
import { listedVersions, registryValue, serviceValues } from '../machine-facts.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Deployment, Scenario, ScenarioContext } from '../scenario.ts';

/** The example product beside the one under test: two services, and neither installation touches the other. */
export const scenario: Scenario = {
  description: 'two products side by side; each is uninstalled without the other noticing',
  async run(context) {
    const { machine, packages, step } = context;
    const orders = await step('build the example product', async () =>
      context.deployment(await packages.product('examples/orders-service/product.json')),
    );
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    await step('install both', async () => {
      assert.equal(await context.msiexec.install(), 0);
      assert.equal(await orders.msiexec.install('ORDERS_PORT=9000'), 0);
      assert.equal(await registryValue(machine, `${orders.installed.productKey}\\Settings`, 'ORDERS_PORT'), '9000');
    });
    await step('both run', async () => {
      for (const deployed of [context, orders]) await runs(deployed, context);
      assert.deepEqual(orders.daemonLog.lastStart().workers, ['api', 'fulfilment']);
    });
    await step('uninstall the first; the second runs on', async () => {
      await uninstall(context);
      await runs(orders, context);
    });
    await step('install it again, uninstall the second; the first runs on', async () => {
      assert.equal(await context.msiexec.install(), 0);
      await uninstall(orders);
      await runs(context, context);
    });
    await step('nothing is left of either', async () => {
      await uninstall(context);
      assertNothingLeft(before, await takeSnapshot(machine), context, orders);
    });
  },
};

async function runs({ service, daemonLog, installed, product }: Deployment, { machine }: ScenarioContext) {
  await service.waitFor('running');
  assert.equal(daemonLog.lastStart().version, product.version);
  const value = await serviceValues(machine, installed.serviceKey);
  assert.equal(value('ObjectName'), product.service.account);
  assert.deepEqual(await listedVersions(machine, product.name), [product.version]);
}

/** Stopped first: see uninstall-while-running for the other way. */
async function uninstall({ service, msiexec }: Deployment): Promise<void> {
  await service.send('stop');
  assert.equal(await msiexec.uninstall(), 0);
  assert.equal(await service.query(), undefined, 'the SCM still knows the service');
}
