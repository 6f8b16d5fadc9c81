import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Child, type Ended } from '../support/child.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil main '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the executable', () => {
  test.each(['--version', '-V'])('prints its name and version for %s', async (flag) => {
    const { code, stdout, stderr } = await run(flag);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Vigil \d+\.\d+\.\d+\n$/);
  });

  test.each([['--help'], ['-h'], ['run', '--help'], ['service', '--help']])(
    'explains itself for %s',
    async (...args) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: vigil <verb>/m);
      expect(stdout).toMatch(/^ {2}run /m);
      expect(stdout).toMatch(/^ {2}service /m);
    },
  );

  test('explains itself on standard error, with code 2, when there is no verb', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: vigil <verb>/m);
  });

  test('names the nearest verb for one that it does not know', async () => {
    const { code, stderr } = await run('servcie');
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot run verb "servcie"');
    expect(stderr).toContain('did you mean "service"?');
  });

  test.skipIf(process.platform === 'win32')('says what to do instead of "service" where there is no SCM', async () => {
    const { code, stderr } = await run('service');
    expect(code).toBe(31);
    expect(stderr).toContain('vigil run');
    expect(stderr).toContain('sc start Vigil');
  });
});

describe.skipIf(process.platform === 'win32')('the verb run', () => {
  test('keeps a heartbeat log in the data folder until it is stopped', async () => {
    const child = start('--data-dir', folder, '--heartbeat-seconds=0.05');
    await child.says(/running/);
    await logged('heartbeat', 3);
    child.kill('SIGHUP');
    await logged('paramchange', 1);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0 });
    const lines = heartbeats();
    const events = lines.map((line) => line.event);
    expect(events.filter((event) => event !== 'heartbeat')).toEqual([
      'starting',
      'started',
      'paramchange',
      'stopping',
      'stopped',
    ]);
    for (const line of lines) expect(line).toMatchObject({ pid: child.process.pid, uptimeMs: expect.any(Number) });
    expect(lines.map((line) => line.time)).toEqual(lines.map((line) => line.time).toSorted());
  });

  test('takes the data folder from VIGIL_DATA_DIR', async () => {
    const dataDir = join(folder, 'from the environment');
    const child = new Child('src/main.ts', ['run'], { VIGIL_DATA_DIR: dataDir });
    await child.says(/running/);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0 });
    expect(existsSync(join(dataDir, 'logs', 'heartbeat.log'))).toBe(true);
  });

  test('runs without a log that it can write, and says so once', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'logs'), 'a file where the folder should be');
    const child = start('--data-dir', folder, '--heartbeat-seconds', '0.05');
    await child.says(/running/);
    await sleep(200);
    child.kill('SIGTERM');
    const { code, stderr } = await child.ended;
    expect(code).toBe(0);
    expect(stderr.match(/Cannot write ".*heartbeat\.log"/g)).toHaveLength(1);
  });

  test.each([
    [['--data-dri', 'x'], 'did you mean "--data-dir"?'],
    [['--data-dir'], 'a value is wanted'],
    [['--heartbeat-seconds', 'often'], 'found "often", a number from 0.01 to 86400 is wanted'],
  ])('refuses %j', async (args, complaint) => {
    const { code, stderr } = await run('run', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
  });
});

function run(...args: string[]): Promise<Ended> {
  return new Child('src/main.ts', args).ended;
}

function start(...args: string[]): Child {
  return new Child('src/main.ts', ['run', ...args]);
}

async function logged(event: string, times: number): Promise<void> {
  while (heartbeats().filter((line) => line.event === event).length < times) await sleep(10);
}

function heartbeats(): Record<string, unknown>[] {
  const text = readFileSync(join(folder, 'logs', 'heartbeat.log'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
