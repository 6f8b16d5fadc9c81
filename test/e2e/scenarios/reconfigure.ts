import assert from 'node:assert/strict';
import { listedVersions, registryValue } from '../machine-facts.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/**
 * What admins of other agents ask for: change a property without uninstalling first. Wine leaves a service that exists as
 * it is registered, so a change back to what ServiceInstall itself says (here: auto) is shown on Windows only.
 */
export const scenario: Scenario = {
  description: 'the same package again with other properties changes them; without, it keeps them',
  async run(context) {
    const { machine, msiexec, product, service, step } = context;
    const { account } = product.service;
    await step('install with PROFILE=test', async () => {
      assert.equal(await msiexec.install('PROFILE=test'), 0);
      await expectSettings(context, { profile: 'test', account, start: '0x2' });
    });
    await step('again, with another start type', async () => {
      await service.send('stop');
      assert.equal(await msiexec.install('STARTTYPE=demand'), 0);
      await expectSettings(context, { profile: 'test', account, start: '0x3' });
    });
    await step('again, with nothing', async () => {
      assert.equal(await msiexec.install(), 0);
      await expectSettings(context, { profile: 'test', account, start: '0x3' });
    });
    await step('again, with another account', async () => {
      assert.equal(await msiexec.install('SERVICEACCOUNT=LocalSystem'), 0);
      await expectSettings(context, { profile: 'test', account: 'LocalSystem', start: '0x3' });
    });
    await step('again, with the first account and profile', async () => {
      assert.equal(await msiexec.install(`SERVICEACCOUNT=${account}`, 'PROFILE=prod'), 0);
      await expectSettings(context, { profile: 'prod', account, start: '0x3' });
      await service.send('start');
    });
    assert.deepEqual(await listedVersions(machine, product.name), [product.version]);
  },
};

interface Settings {
  readonly profile: string;
  readonly account: string;
  readonly start: string;
}

/** The account as the package has decided it: Wine does not change that of a service that exists. */
async function expectSettings({ machine, installed }: ScenarioContext, expected: Settings): Promise<void> {
  const settings = `${installed.productKey}\\Settings`;
  const profile = await registryValue(machine, settings, 'PROFILE');
  const account = await registryValue(machine, settings, 'SERVICEACCOUNT');
  const start = await registryValue(machine, installed.serviceKey, 'Start');
  assert.deepEqual({ profile, account, start }, expected);
}
