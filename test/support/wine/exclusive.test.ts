import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withExclusiveLock } from './exclusive.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil lock '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('withExclusiveLock() waits for a process that holds the lock, and gets it when that one is killed', async () => {
  const lockPath = join(folder, 'test.lock');
  const holder = spawn(process.execPath, ['--input-type=module', '-e', holdForEver(lockPath)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const events: string[] = [];
  const ours = withExclusiveLock(
    lockPath,
    () => {
      events.push('waiting');
      holder.kill('SIGKILL');
    },
    async () => events.push('working'),
  );
  await ours;
  expect(events).toEqual(['waiting', 'working']);
});

test('withExclusiveLock() lets go when the work fails', async () => {
  const lockPath = join(folder, 'failing.lock');
  const failing = withExclusiveLock(lockPath, never, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await expect(withExclusiveLock(lockPath, never, async () => 'again')).resolves.toBe('again');
});

function never(): void {
  throw new Error('nobody else holds the lock');
}

function holdForEver(lockPath: string): string {
  const module = JSON.stringify(new URL('./exclusive.ts', import.meta.url).href);
  return `import { withExclusiveLock } from ${module};
    await withExclusiveLock(${JSON.stringify(lockPath)}, () => {}, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
}
