import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { changes } from '../leftovers.ts';
import { serviceValues } from '../machine-facts.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import type { Deployment, Scenario } from '../scenario.ts';

/** Folders of the administrator's choice are found again by repair, upgrade and uninstall, which are not told about them. */
export const scenario: Scenario = {
  description: 'folders with spaces and names outside of ASCII, remembered through repair, upgrade and uninstall',
  async run(context) {
    const { machine, packages, step } = context;
    const next = await step('build the next version', () => packages.nextVersion());
    const folders = {
      installFolder: join(machine.driveC, 'Program Files', 'Überwachung & Dienste', product),
      dataFolder: join(machine.driveC, 'Daten der Firma', '監視 サービス'),
    };
    const [old, upgraded] = [packages.underTest, next].map((of) => context.deployment(of, folders)) as [
      Deployment,
      Deployment,
    ];
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    await step('install', async () => {
      const [install, data] = [folders.installFolder, folders.dataFolder].map((path) => machine.toWindowsPath(path));
      assert.equal(await old.msiexec.install(`INSTALLDIR=${install}`, `DATADIR=${data}`), 0);
    });
    await step('it runs there', () => runsThere(old));
    await step('repair', async () => assert.equal(await old.msiexec.repair(), 0));
    await step('it still runs there', () => runsThere(old, 2));
    await step('upgrade', async () => assert.equal(await upgraded.msiexec.install(), 0));
    await step('the new version runs there', () => runsThere(upgraded, 3));
    await step('uninstall finds the folders', async () => {
      await upgraded.service.send('stop');
      assert.equal(await upgraded.msiexec.uninstall(), 0);
      const left = changes(before, await takeSnapshot(machine)).filter((line) => !isKept(line));
      assert.deepEqual(left, [], 'what was left, lost or changed');
    });

    async function runsThere({ service, daemonLog, product, installed }: Deployment, starts = 1): Promise<void> {
      await service.waitFor('running');
      await daemonLog.waitFor('started', starts);
      assert.equal(daemonLog.lastStart().version, product.version);
      const value = await serviceValues(machine, installed.serviceKey);
      assert.match(value('ImagePath'), new RegExp(`${product.executable}\\.exe"? service$`));
      for (const usual of [context.installed.installFolder, context.installed.dataFolder]) {
        assert.ok(!existsSync(usual), `"${usual}" is there too`);
      }
    }
  },
};

const product = 'Dienst';

/** The data, which a plain uninstall keeps, and the administrator's folder above that of the programs. */
const isKept = (line: string): boolean =>
  line.startsWith('added C:/Daten der Firma/') || line === 'added C:/Program Files/Überwachung & Dienste/';
