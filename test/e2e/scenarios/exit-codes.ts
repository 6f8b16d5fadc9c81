import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scenario.ts';

/**
 * What a deployment tool sees. Wine has numbers of its own for a package that is missing (Windows: 1619), damaged (1620)
 * or not installed (1605 where Wine says 0); only those that the two share are asked for by number.
 */
export const scenario: Scenario = {
  description: 'exit codes of msiexec',
  async run({ machine, msiexec, service, step }) {
    const unknownProduct = '{6B0F2D0E-5D54-4B7A-9C0B-1D5B0B5F7A11}';
    await step('install: 0', async () => assert.equal(await msiexec.install(), 0));
    await step('uninstall of a product that is not known: 1605', async () =>
      assert.equal(await msiexec.run('unknown', ['/x', unknownProduct]), ERROR_UNKNOWN_PRODUCT),
    );
    await step('a package that is missing: not 0', async () =>
      assert.notEqual(await msiexec.run('missing', ['/i', 'C:\\no such package.msi']), 0),
    );
    await step('a package that is damaged: not 0', async () => {
      writeFileSync(join(machine.driveC, 'damaged.msi'), 'this is not a compound file');
      assert.notEqual(await msiexec.run('damaged', ['/i', 'C:\\damaged.msi']), 0);
    });
    await step('a switch that is wrong: not 0', async () =>
      assert.notEqual(await msiexec.run('switch', ['/nonsense']), 0),
    );
    await step('the service has run on', async () => assert.equal((await service.query())?.state, 'running'));
    await step('uninstall: 0', async () => {
      await service.send('stop');
      assert.equal(await msiexec.uninstall(), 0);
    });
  },
};

const ERROR_UNKNOWN_PRODUCT = 1605;
