import assert from 'node:assert/strict';
import { decodeFailureActions } from '../failure-actions.ts';
import { serviceValues } from '../machine-facts.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/**
 * Every kind of account as it is registered. Wine takes any name and any password and runs the service as itself: whether
 * an account may log on is shown on Windows only.
 */
export const scenario: Scenario = {
  description: 'SERVICEACCOUNT of every kind; passwords are asked for, and never stored',
  async run(context) {
    const { product, step } = context;
    const accounts = [
      'LocalSystem',
      'NT AUTHORITY\\NetworkService',
      `NT SERVICE\\${product.service.name}`,
      'CORP\\vigil$',
    ];
    for (const account of accounts) {
      await step(account, () => runsAs(context, account, [`SERVICEACCOUNT=${account}`]));
    }
    await step('a user with a password that has spaces and quotes', () =>
      runsAs(context, '.\\svc vigil', ['SERVICEACCOUNT=.\\svc vigil', `SERVICEPASSWORD=${password}`]),
    );
    await step('a user without a password is refused', async () => {
      assert.notEqual(await context.msiexec.install('SERVICEACCOUNT=CORP\\svc-vigil'), 0);
      assert.equal(await context.service.query(), undefined, 'the SCM knows the service');
    });
  },
};

const password = 'correct "horse" battery';

async function runsAs(context: ScenarioContext, account: string, properties: readonly string[]): Promise<void> {
  const { machine, msiexec, service, installed, product } = context;
  assert.equal(await msiexec.install(...properties), 0);
  const value = await serviceValues(machine, installed.serviceKey);
  assert.equal(value('ObjectName'), account);
  await service.waitFor('running');
  const { actions } = decodeFailureActions(value('FailureActions'));
  // With a wrong password each further try brings the account closer to its lock-out.
  const last = properties.length > 1 ? 'none' : product.service.recovery.actions.at(-1)?.action;
  assert.equal(actions.at(-1)?.action, last, 'the last recovery action, which repeats');
  const { registry } = await takeSnapshot(machine);
  const stored = [...registry].filter(([path, data]) => `${path} ${data}`.includes('horse'));
  assert.deepEqual(stored, [], 'the password is in the registry');
  await service.waitFor('running');
  await service.send('stop');
  assert.equal(await msiexec.uninstall(), 0);
}
