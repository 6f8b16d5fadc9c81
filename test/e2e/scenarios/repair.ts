import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedVersions, serviceValues } from '../machine-facts.ts';
import type { Scenario } from '../scenario.ts';

export const scenario: Scenario = {
  description: 'repair, and the same package again, put damaged files back and keep data',
  async run({ machine, msiexec, service, installed, product, daemonLog, step }) {
    const addon = join(installed.installFolder, 'koffi.node');
    const data = join(installed.dataFolder, 'logs', 'kept.txt');
    await step('install', async () => assert.equal(await msiexec.install(), 0));
    await daemonLog.waitFor('started');
    const [original, registered] = [readFileSync(addon), await serviceValues(machine, installed.serviceKey)];
    writeFileSync(data, 'precious');
    for (const [title, again] of [
      ['repair', () => msiexec.repair()],
      ['the same package again', () => msiexec.install()],
    ] as const) {
      await step(`${title} brings a deleted file back`, async () => {
        await service.send('stop');
        rmSync(addon);
        assert.equal(await again(), 0);
        assert.ok(readFileSync(addon).equals(original), 'the file differs');
        await service.waitFor('running');
      });
    }
    await step('nothing else has changed', async () => {
      assert.equal(readFileSync(data, 'utf8'), 'precious');
      assert.deepEqual(await listedVersions(machine, product.name), [product.version]);
      const found = await serviceValues(machine, installed.serviceKey);
      for (const name of ['ImagePath', 'ObjectName', 'Start', 'FailureActions']) {
        assert.equal(found(name), registered(name), name);
      }
    });
  },
};
