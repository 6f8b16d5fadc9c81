import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeFailureActions } from '../failure-actions.ts';
import { registryValue, serviceValues } from '../machine-facts.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/** What Windows reads later: the registry after an installation without any property. */
export const scenario: Scenario = {
  description: 'service, recovery and event source in the registry are what the product file asks for',
  async run(context) {
    const { msiexec, service, step } = context;
    await step('install', async () => assert.equal(await msiexec.install(), 0));
    await step('the service', () => checkService(context));
    await step('recovery', () => checkRecovery(context));
    await step('the event source', () => checkEventSource(context));
    await step('uninstall takes all of it', async () => {
      await service.send('stop');
      assert.equal(await msiexec.uninstall(), 0);
      for (const key of [context.installed.serviceKey, context.installed.productKey, eventSourceKey(context)]) {
        assert.deepEqual(await context.machine.regQuery(key), [], key);
      }
    });
  },
};

async function checkService({ machine, installed, product }: ScenarioContext): Promise<void> {
  const value = await serviceValues(machine, installed.serviceKey);
  const program = `C:\\Program Files\\${product.name}\\${product.executable}.exe`;
  assert.equal(value('ImagePath'), `"${program}" service`);
  const found = ['DisplayName', 'Description', 'ObjectName', 'Type', 'Start', 'ErrorControl'].map(value);
  const { displayName, description, account } = product.service;
  const [ownProcess, automatic, normal] = ['0x10', '0x2', '0x1'];
  assert.deepEqual(found, [displayName, description, account, ownProcess, automatic, normal]);
}

async function checkRecovery({ machine, installed, product }: ScenarioContext): Promise<void> {
  const digits = await registryValue(machine, installed.serviceKey, 'FailureActions');
  const { resetPeriodSeconds, actions } = product.service.recovery;
  assert.deepEqual(decodeFailureActions(digits ?? ''), { resetPeriodSeconds, actions });
}

async function checkEventSource(context: ScenarioContext): Promise<void> {
  const { machine, installed } = context;
  const value = await serviceValues(machine, eventSourceKey(context));
  const messages = value('EventMessageFile');
  assert.ok(messages.startsWith(`C:\\Program Files\\${context.product.name}\\`), messages);
  assert.ok(existsSync(join(installed.installFolder, basename(messages.replaceAll('\\', '/')))), messages);
  const allFiveTypes = '0x1f';
  assert.deepEqual([value('TypesSupported'), value('CustomSource')], [allFiveTypes, '0x1']);
}

const eventSourceKey = ({ product }: ScenarioContext): string =>
  `HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${product.service.name}`;
