import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Child } from '../support/child.ts';

let folder: string;
let children: Child[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil console '));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => child.ended));
  await rm(folder, { recursive: true, force: true });
});

/** POSIX only: on Windows a signal sent by another process ends a Node process without a chance to react. */
describe.skipIf(process.platform === 'win32')('runOnConsole', () => {
  test.each([
    ['SIGTERM', 'terminate'],
    ['SIGINT', 'interrupt'],
  ] as const)('stops on %s, after the handler has finished, with exit code 0', async (signal, reason) => {
    const child = trial();
    await child.says(/running/);
    child.kill(signal);
    expect(await child.ended).toMatchObject({ code: 0, signal: null });
    expect(log()).toEqual(['start', 'running', `stop ${reason}`, 'stop done']);
  });

  test('waits for a stop that takes its time', async () => {
    const child = trial('slow-stop');
    await child.says(/running/);
    child.kill('SIGINT');
    expect(await child.ended).toMatchObject({ code: 0 });
    expect(log().slice(-2)).toEqual(['stop step 4', 'stop done']);
  });

  test('ends at once with code 130 on a second Ctrl+C', async () => {
    const child = trial('endless-stop');
    await child.says(/running/);
    child.kill('SIGINT');
    await child.says(/stop pending/);
    await sleep(450);
    child.kill('SIGINT');
    const { code, stderr } = await child.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted again');
    expect(log()).not.toContain('stop done');
  });

  test('takes two signals of one keystroke as one', async () => {
    const child = trial('slow-stop');
    await child.says(/running/);
    child.kill('SIGINT');
    await child.says(/stop pending/);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0 });
    expect(log().at(-1)).toBe('stop done');
  });

  test('stops while it is still starting', async () => {
    const child = trial('slow-start');
    await child.says(/start pending/);
    while (log().length === 0) await sleep(5);
    child.kill('SIGINT');
    expect(await child.ended).toMatchObject({ code: 0 });
    expect(log().slice(-2)).toEqual(['stop interrupt', 'stop done']);
    expect(log()).not.toContain('running');
  });

  test('takes SIGHUP as PARAMCHANGE', async () => {
    const child = trial();
    await child.says(/running/);
    child.kill('SIGHUP');
    while (!log().includes('paramchange')) await sleep(5);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0 });
  });

  test.each([
    ['throw', 20, 'unexpectedFault - thrown later'],
    ['reject', 20, 'unexpectedFault - rejected later'],
    ['fail-start', 21, 'startFailed start start failed'],
    ['hang-start', 23, 'operationHung start Cannot go on from "start-pending": no progress for 300 ms'],
  ])('ends after "%s" with code %i, the cause in log and terminal', async (behaviour, code, fault) => {
    const child = trial(behaviour);
    const ended = await child.ended;
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`ended with code ${code}: `);
    expect(ended.stderr).toContain(fault.replace(/^\w+ \S+ /, ''));
    expect(log().at(-1)).toBe(`fatal ${fault}`);
  });

  test.each([
    ['fail-stop', 22],
    ['hang-stop', 23],
  ])('ends after "%s" with code %i', async (behaviour, code) => {
    const child = trial(behaviour);
    await child.says(/running/);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code });
  });
});

function trial(...behaviours: string[]): Child {
  const child = new Child('test/support/trial-service.ts', ['console', join(folder, 'log'), ...behaviours]);
  children.push(child);
  return child;
}

/** The handler's calls, without their times. */
function log(): string[] {
  try {
    const lines = readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => line.replace(/^\d+ /, '').trim());
  } catch {
    return [];
  }
}
