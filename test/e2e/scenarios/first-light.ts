import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assertNothingLeft } from '../leftovers.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/** A customer's first hour: silent install, every control of the Services console, a restart, a clean uninstall. */
export const scenario: Scenario = {
  description: 'install, every service control, machine restart, uninstall',
  async run(context) {
    const { machine, msiexec, service, step } = context;
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    await step('msiexec /i /qn', async () => assert.equal(await msiexec.install(), 0));
    await step('what is installed', () => checkInstalled(context));
    await driveService(context);
    await step('restart of the machine starts the service', async () => {
      await machine.halt();
      await machine.boot();
      await service.waitFor('running');
    });
    await step('stop', () => service.send('stop'));
    await step('msiexec /x /qn', async () => assert.equal(await msiexec.uninstall(), 0));
    await step('nothing is left', async () => {
      assert.equal(await service.query(), undefined, 'the SCM still knows the service');
      assertNothingLeft(before, await takeSnapshot(machine), context);
    });
  },
};

async function checkInstalled({ machine, product, installed, service, daemonLog }: ScenarioContext): Promise<void> {
  const executable = `${product.executable}.exe`;
  for (const name of [executable, 'koffi.node']) assert.ok(existsSync(join(installed.installFolder, name)), name);
  const [key] = await machine.regQuery(installed.serviceKey);
  const data = (name: string) => key?.values.get(name)?.data ?? '';
  // Wine writes the path of the program without quotation marks: only Windows can show those.
  assert.match(data('ImagePath').replaceAll('"', ''), new RegExp(`\\\\${product.name}\\\\${executable} service$`));
  assert.equal(data('Start'), '0x2', 'automatic start');
  assert.equal(data('ObjectName'), product.service.account);
  assert.equal(data('DisplayName'), product.service.displayName);
  const [productKey] = await machine.regQuery(installed.productKey);
  assert.equal(productKey?.values.get('InstallDir')?.data, `C:\\Program Files\\${product.name}\\`);
  const uninstallKeys = await machine.regQuery('HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall');
  const listed = uninstallKeys.filter(({ values }) => values.get('DisplayName')?.data === product.name);
  assert.deepEqual(
    listed.map(({ values }) => values.get('DisplayVersion')?.data),
    [product.version],
    'one entry in Apps & features',
  );
  assert.equal((await service.waitFor('running')).win32ExitCode, 0);
  await daemonLog.waitFor('started');
}

/** Each control is seen twice: by the SCM in the service's state, and by the daemon in its log. */
async function driveService({ service, daemonLog, step }: ScenarioContext): Promise<void> {
  await step('pause', async () => {
    await service.send('pause');
    await daemonLog.waitFor('paused');
  });
  await step('interrogate', async () => assert.equal((await service.interrogate()).state, 'paused'));
  await step('continue', async () => {
    await service.send('continue');
    await daemonLog.waitFor('continued');
  });
  await step('param change', async () => {
    await service.paramChange();
    await daemonLog.waitFor('paramchange');
  });
  const { processId } = await service.waitFor('running');
  await step('stop', async () => {
    assert.equal((await service.send('stop')).win32ExitCode, 0);
    await daemonLog.waitFor('stopped');
  });
  await step('start', async () => {
    assert.notEqual((await service.send('start')).processId, processId);
    await daemonLog.waitFor('started', 2);
  });
}
