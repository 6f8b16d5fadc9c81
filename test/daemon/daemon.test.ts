import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Daemon } from '../../src/daemon/daemon.ts';
import type { Operation } from '../../src/host/service-host.ts';
import { product } from '../../src/product/identity.ts';
import { FakeClock } from '../support/fake-clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil daemon '));
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const operation: Operation = { progress: () => {}, signal: new AbortController().signal };

test('Daemon writes a line for every change and a heartbeat every interval, also while paused', async () => {
  const daemon = await started();
  vi.advanceTimersByTime(2500);
  await daemon.pause(operation);
  daemon.settled('paused');
  vi.advanceTimersByTime(1000);
  await daemon.continue(operation);
  daemon.settled('running');
  await daemon.paramChange();
  await daemon.userControl(130);
  await daemon.stop('preshutdown', operation);
  vi.advanceTimersByTime(5000);
  expect(lines().map(({ event, state }) => `${event} (${state})`)).toEqual([
    'starting (starting)',
    'started (running)',
    'heartbeat (running)',
    'heartbeat (running)',
    'paused (paused)',
    'heartbeat (paused)',
    'continued (running)',
    'paramchange (running)',
    'control 130 (running)',
    'stopping (stopping)',
    'stopped (stopping)',
  ]);
  expect(lines().find(({ event }) => event === 'stopping')).toMatchObject({ reason: 'preshutdown' });
});

test('Daemon leaves the fault, its code and its stack as the last line', async () => {
  const daemon = await started();
  daemon.fatal({ name: 'unexpectedFault', error: new Error('out of luck') });
  vi.advanceTimersByTime(5000);
  expect(lines().at(-1)).toMatchObject({ event: 'fatal', fault: 'unexpectedFault', code: 20 });
  expect(lines().at(-1)?.error).toMatch(/^Error: out of luck\n\s+at /);
});

test('Daemon logs what went wrong while it was put together', async () => {
  await started(['no registry']);
  expect(lines()[1]).toMatchObject({ event: 'warning', message: 'no registry' });
});

async function started(warnings: readonly string[] = []): Promise<Daemon> {
  const paths = { dataDir: folder, logsDir: join(folder, 'logs'), stateDir: join(folder, 'state') };
  const daemon = new Daemon({ product, paths, clock: new FakeClock(), heartbeatMs: 1000, warnings });
  await daemon.start({ ...operation, host: 'scm', args: [], fail: () => {} });
  daemon.settled('running');
  return daemon;
}

function lines(): Record<string, unknown>[] {
  const text = readFileSync(join(folder, 'logs', 'heartbeat.log'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
