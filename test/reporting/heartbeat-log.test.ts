import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HeartbeatLog } from '../../src/reporting/heartbeat-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

let folder: string;
let file: string;
let clock: FakeClock;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil log '));
  file = join(folder, 'logs', 'heartbeat.log');
  clock = new FakeClock();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('HeartbeatLog writes one JSON line per event, with the time of its clock', () => {
  const log = new HeartbeatLog({ file, clock, pid: 42 });
  log.write('started', { state: 'running' });
  clock.advance(1500);
  log.write('heartbeat', { state: 'running' });
  expect(readFileSync(file, 'utf8')).toBe(
    '{"time":"2026-01-02T03:04:05.000Z","event":"started","pid":42,"uptimeMs":1000,"state":"running"}\n' +
      '{"time":"2026-01-02T03:04:06.500Z","event":"heartbeat","pid":42,"uptimeMs":2500,"state":"running"}\n',
  );
});

test('HeartbeatLog keeps what an earlier process wrote', () => {
  new HeartbeatLog({ file, clock, pid: 1 }).write('fatal');
  new HeartbeatLog({ file, clock, pid: 2 }).write('started');
  expect(pids()).toEqual([1, 2]);
});

test('HeartbeatLog never lets the file grow beyond its bound, and keeps the one before', () => {
  const log = new HeartbeatLog({ file, clock, pid: 42, maxBytes: 1000 });
  for (let index = 0; index < 100; index++) {
    log.write('heartbeat', { index });
    expect(statSync(file).size).toBeLessThanOrEqual(1000);
  }
  const kept = `${readFileSync(`${file}.1`, 'utf8')}${readFileSync(file, 'utf8')}`.trimEnd().split('\n');
  const indices = kept.map((line) => JSON.parse(line).index as number);
  expect(indices).toEqual(Array.from(indices, (_, position) => 100 - indices.length + position));
  expect(existsSync(`${file}.2`)).toBe(false);
});

test('HeartbeatLog makes its folder again when it has vanished', () => {
  const log = new HeartbeatLog({ file, clock, pid: 42 });
  log.write('one');
  rmSync(dirname(file), { recursive: true });
  log.write('two');
  expect(readFileSync(file, 'utf8')).toContain('"two"');
});

test('HeartbeatLog reports a folder it cannot write once, and again after it could', () => {
  writeFileSync(dirname(file), 'in the way');
  const failures: unknown[] = [];
  const log = new HeartbeatLog({ file, clock, pid: 42, onFailure: (error) => failures.push(error) });
  log.write('one');
  log.write('two');
  expect(failures).toHaveLength(1);
  rmSync(dirname(file));
  log.write('three');
  rmSync(dirname(file), { recursive: true });
  writeFileSync(dirname(file), 'in the way');
  log.write('four');
  expect(failures).toHaveLength(2);
});

function pids(): number[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).pid);
}
