import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedVersions, serviceValues } from '../machine-facts.ts';
import type { Scenario } from '../scenario.ts';

export const scenario: Scenario = {
  description: 'repair, and the same package again, put damaged files back and keep configuration and data',
  async run({ machine, msiexec, service, installed, product, daemonLog, step }) {
    const addon = join(installed.installFolder, 'koffi.node');
    const example = join(installed.installFolder, 'config.example.yaml');
    const configuration = join(installed.dataFolder, `${product.executable}.yaml`);
    const data = join(installed.dataFolder, 'logs', 'kept.txt');
    await step('install', async () => assert.equal(await msiexec.install(), 0));
    await daemonLog.waitFor('started');
    const [original, registered] = [readFileSync(addon), await serviceValues(machine, installed.serviceKey)];
    const exampleText = readFileSync(example, 'utf8');
    assert.equal(readFileSync(configuration, 'utf8'), exampleText, 'the configuration begins as the example');
    for (const path of [configuration, data]) writeFileSync(path, 'precious');
    for (const [title, again] of [
      ['repair', () => msiexec.repair()],
      ['the same package again', () => msiexec.install()],
    ] as const) {
      await step(`${title} brings a deleted and a changed file back`, async () => {
        await service.send('stop');
        rmSync(addon);
        writeFileSync(example, 'edited in the wrong place');
        assert.equal(await again(), 0);
        assert.ok(readFileSync(addon).equals(original), 'the deleted file');
        assert.equal(readFileSync(example, 'utf8'), exampleText, 'the changed file');
        await service.waitFor('running');
      });
    }
    await step('nothing else has changed', async () => {
      for (const path of [configuration, data]) assert.equal(readFileSync(path, 'utf8'), 'precious', path);
      assert.deepEqual(await listedVersions(machine, product.name), [product.version]);
      const found = await serviceValues(machine, installed.serviceKey);
      for (const name of ['ImagePath', 'ObjectName', 'Start', 'FailureActions']) {
        assert.equal(found(name), registered(name), name);
      }
    });
  },
};
