import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../support/run-command.ts';
import { registryValue, serviceValues } from '../machine-facts.ts';
import type { Scenario } from '../scenario.ts';

/** How Group Policy passes properties: no command line, but a transform. */
export const scenario: Scenario = {
  description: 'a transform made by "msi transform make" sets properties',
  async run({ machine, packages, installed, msiexec, service, step }) {
    const transform = join(machine.folder, 'corporate.mst');
    await step('make the transform', () => makeTransform(packages.underTest.msi, transform));
    await step('install', async () => {
      assert.equal(await msiexec.install(`TRANSFORMS=${machine.toWindowsPath(transform)}`), 0);
    });
    await step('its properties hold', async () => {
      const value = await serviceValues(machine, installed.serviceKey);
      assert.deepEqual([value('ObjectName'), value('Start')], ['NT AUTHORITY\\NetworkService', '0x3']);
      assert.equal(await registryValue(machine, `${installed.productKey}\\Settings`, 'PROFILE'), 'test');
    });
    await step('they are remembered without it', async () => {
      assert.equal(await msiexec.repair(), 0);
      assert.equal(await registryValue(machine, `${installed.productKey}\\Settings`, 'PROFILE'), 'test');
      await service.send('start');
    });
  },
};

const properties = ['SERVICEACCOUNT=NT AUTHORITY\\NetworkService', 'STARTTYPE=demand', 'PROFILE=test'];

async function makeTransform(msi: string, transform: string): Promise<void> {
  mkdirSync(join(transform, '..'), { recursive: true });
  const cli = join(import.meta.dirname, '..', '..', '..', 'installer', 'cli.ts');
  const sets = properties.flatMap((property) => ['--set', property]);
  const args = [cli, 'transform', 'make', msi, '--output', transform, ...sets];
  const end = await runCommand(process.execPath, args, { outputPath: `${transform}.log`, timeoutMs: 60_000 });
  assert.deepEqual(end, { kind: 'exited', exitCode: 0 });
}
