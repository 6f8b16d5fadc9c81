import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertUntouched } from '../leftovers.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import { msiexecLogs } from '../msiexec.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/**
 * The data folder is the customer's: it goes when it is asked for, and only then. Wine takes the patterns of a RemoveFile row
 * for the names of files and finds none; so its log says where it looked, and the files are removed by hand.
 */
export const scenario: Scenario = {
  description: 'uninstall keeps configuration, logs and state; with REMOVEDATA=1 it removes them',
  async run(context) {
    const { machine, msiexec, installed, step } = context;
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    const kept = dataFiles(context);
    await step('install, and let it work', async () => {
      assert.equal(await msiexec.install(), 0);
      await context.daemonLog.waitFor('started');
      for (const path of kept) write(path, 'precious');
    });
    await step('uninstall keeps the data', async () => {
      await uninstall(context);
      assert.deepEqual(dataRemovals(machine), []);
      assert.ok(!existsSync(installed.installFolder), 'the folder of the programs is still there');
      for (const path of kept) assert.equal(readFileSync(path, 'utf8'), 'precious', path);
    });
    await step('the next installation takes them over', async () => {
      assert.equal(await msiexec.install(), 0);
      await context.daemonLog.waitFor('started', 2);
      for (const path of kept) assert.equal(readFileSync(path, 'utf8'), 'precious', path);
    });
    await step('uninstall with REMOVEDATA=1 goes for the files in these folders', async () => {
      await uninstall(context, 'REMOVEDATA=1');
      assert.deepEqual(dataRemovals(machine), ['.', 'logs', 'state']);
    });
    await step('emptied folders go', async () => {
      assert.equal(await msiexec.install(), 0);
      await context.service.waitFor('running');
      await context.service.send('stop');
      for (const name of readdirSync(installed.dataFolder, { recursive: true, withFileTypes: true })) {
        if (name.isFile()) rmSync(join(name.parentPath, name.name));
      }
      assert.equal(await msiexec.uninstall('REMOVEDATA=1'), 0);
      assertUntouched(before, await takeSnapshot(machine));
    });
  },
};

const dataFiles = ({ installed: { dataFolder }, product }: ScenarioContext): string[] =>
  [`${product.executable}.yaml`, join('logs', 'old.log'), join('state', 'journal.db')].map((path) =>
    join(dataFolder, path),
  );

/** Folders, relative to the data folder, in which msiexec's last run removed files by pattern. */
function dataRemovals(machine: ScenarioContext['machine']): string[] {
  const log = msiexecLogs(machine).at(-1)?.text ?? '';
  const folders = [...log.matchAll(/^File: \w+, Directory: C:\\ProgramData\\[^\\\n]+\\(.*)$/gm)].map(
    ([, path]) => path,
  );
  return [...new Set(folders)].map((path) => (path === '' ? '.' : String(path))).sort();
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

async function uninstall({ service, msiexec }: ScenarioContext, ...properties: readonly string[]): Promise<void> {
  await service.send('stop');
  assert.equal(await msiexec.uninstall(...properties), 0);
  assert.equal(await service.query(), undefined, 'the SCM still knows the service');
}
