import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchPackage, lockedPackage } from '../../installer/tools/npm-registry.ts';
import { FakeRegistry } from '../support/fake-registry.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vigil registry '));
  mkdirSync(join(dir, 'package', 'bin'), { recursive: true });
  writeFileSync(join(dir, 'package', 'package.json'), '{ "name": "thing", "version": "1.0.0" }');
  writeFileSync(join(dir, 'package', 'bin', 'thing.exe'), 'MZ');
  vi.stubEnv('npm_config_cache', join(dir, 'npm cache'));
  vi.stubEnv('npm_config_fetch_retries', '0');
});

afterEach(() => vi.unstubAllEnvs());

const served = () => ({ name: 'thing', version: '1.0.0', parentDir: dir });
const options = (received: number[] = []) => ({
  signal: new AbortController().signal,
  onProgress: (bytes: number) => void received.push(bytes),
});

test('fetchPackage unpacks a package whose content has the pinned integrity', async () => {
  await using registry = await FakeRegistry.open(served());
  vi.stubEnv('npm_config_registry', registry.url);
  const received: number[] = [];
  const locked = { name: 'thing', version: '1.0.0', integrity: registry.integrity };
  await fetchPackage(locked, join(dir, 'out'), options(received));
  expect(readFileSync(join(dir, 'out', 'bin', 'thing.exe'), 'utf8')).toBe('MZ');
  expect(received.at(-1)).toBe(registry.tarball.length);
});

test('fetchPackage refuses content with another hash than the lockfile pins, and unpacks nothing', async () => {
  await using registry = await FakeRegistry.open(served());
  vi.stubEnv('npm_config_registry', registry.url);
  const locked = { name: 'thing', version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  await expect(fetchPackage(locked, join(dir, 'out'), options())).rejects.toMatchObject({
    code: 'integrity-mismatch',
    cure: expect.stringContaining('Do not go on'),
  });
  expect(existsSync(join(dir, 'out'))).toBe(false);
});

test('fetchPackage says that the registry lacks a package', async () => {
  await using registry = await FakeRegistry.open(served());
  vi.stubEnv('npm_config_registry', registry.url);
  const locked = { name: 'other', version: '1.0.0', integrity: registry.integrity };
  await expect(fetchPackage(locked, join(dir, 'out'), options())).rejects.toMatchObject({ code: 'package-not-found' });
});

test('fetchPackage says that the registry did not answer, and how to go on', async () => {
  const registry = await FakeRegistry.open(served());
  vi.stubEnv('npm_config_registry', registry.url);
  await registry[Symbol.asyncDispose]();
  const locked = { name: 'thing', version: '1.0.0', integrity: registry.integrity };
  await expect(fetchPackage(locked, join(dir, 'out'), options())).rejects.toMatchObject({
    code: 'registry-unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
    cure: expect.stringContaining('--node-exe'),
  });
});

test('lockedPackage takes only what the lockfile pins', async () => {
  const packages = { 'node_modules/thing': { version: '1.0.0', integrity: 'sha512-x' } };
  writeFileSync(join(dir, 'package-lock.json'), JSON.stringify({ packages }));
  await expect(lockedPackage(dir, 'thing', '1.0.0')).resolves.toMatchObject({ integrity: 'sha512-x' });
  await expect(lockedPackage(dir, 'thing', '1.0.1')).rejects.toMatchObject({ code: 'not-locked' });
  await expect(lockedPackage(dir, 'none', '1.0.0')).rejects.toMatchObject({ code: 'not-locked' });
});
