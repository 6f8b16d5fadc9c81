import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryValue, serviceValues } from '../machine-facts.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/**
 * The most repeated complaint about the MSIs of services: an upgrade that resets what the administrator has set. Windows
 * tells the version that an upgrade removes so, by UPGRADINGPRODUCTCODE; Wine does not, so that here the two halves of the
 * upgrade are run one after the other, with that property.
 */
export const scenario: Scenario = {
  description: 'upgrade without properties keeps configuration, account, start type, recovery and settings',
  async run(context) {
    const { machine, packages, installed, product, service, msiexec, step } = context;
    const next = await step('build the next version', async () => context.deployment(await packages.nextVersion()));
    await step('install with properties', async () => {
      assert.equal(await msiexec.install(`SERVICEACCOUNT=${account}`, 'SERVICEPASSWORD=pass word', 'PROFILE=dev'), 0);
      await service.waitFor('running');
    });
    const configuration = join(installed.dataFolder, `${product.executable}.yaml`);
    await step('an administrator edits configuration, recovery and start type', async () => {
      writeFileSync(configuration, '# edited\n');
      await edit(context, 'FailureActions', ['REG_BINARY', editedRecovery]);
      await edit(context, 'Start', ['REG_DWORD', '3']);
      await machine.halt();
      await machine.boot();
      await service.send('start');
    });
    await step('the old version goes, its service stays', async () => {
      await service.send('stop');
      assert.equal(await msiexec.uninstall(`UPGRADINGPRODUCTCODE=${newProductCode}`), 0);
      assert.ok(!existsSync(installed.installFolder), 'the folder of the programs is still there');
      assert.equal((await service.query())?.state, 'stopped');
    });
    await step('the new version comes', async () => assert.equal(await next.msiexec.install(), 0));
    await step('everything is as it was', async () => {
      assert.equal(readFileSync(configuration, 'utf8'), '# edited\n');
      const value = await serviceValues(machine, installed.serviceKey);
      const found = ['ObjectName', 'Start', 'FailureActions'].map(value);
      assert.deepEqual(found, [account, '0x3', editedRecovery]);
      assert.equal(await registryValue(machine, `${installed.productKey}\\Settings`, 'PROFILE'), 'dev');
    });
    await step('the new version runs', async () => {
      await service.send('start');
      assert.equal(context.daemonLog.lastStart().version, next.product.version);
    });
  },
};

const account = '.\\svc vigil';
/** Its value does not matter. */
const newProductCode = '{00000000-0000-4000-8000-000000000000}';
/** Reset after a day; restart after 1 s, then nothing. */
const editedRecovery = '805101000000000000000000020000001400000001000000E80300000000000000000000';

async function edit({ machine, installed }: ScenarioContext, name: string, [type, data]: readonly [string, string]) {
  const args = ['reg', 'add', installed.serviceKey, '/v', name, '/t', type, '/d', data, '/f'];
  const { exitCode, output } = await machine.run(args);
  assert.equal(exitCode, 0, output);
}
