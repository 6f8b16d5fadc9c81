import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, runMsi } from '../support/msi-command.ts';
import { component } from '../wix/support.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil transforms '));
  const source = (value: string) =>
    component(
      `<CreateFolder/><RegistryValue Root="HKLM" Key="K" Name="N" Type="string" Value="${value}" KeyPath="yes"/>`,
    );
  await writeFile(join(folder, 'a.wxs'), source('one'));
  await writeFile(join(folder, 'b.wxs'), source('two'));
  for (const name of ['a', 'b']) expect((await msi('compile', `${name}.wxs`, '-o', `${name}.msi`)).stderr).toBe('');
});
afterAll(() => rm(folder, { recursive: true }));

const msi = (...args: readonly string[]): Promise<Ended> => runMsi(folder, args);

describe('msi diff', () => {
  test('ends with 0 and says so when there is no difference', async () => {
    expect(await msi('diff', 'a.msi', 'a.msi')).toEqual({ code: 0, stdout: 'No differences.\n', stderr: '' });
  });

  test('ends with 1 and shows rows by their keys', async () => {
    const { code, stdout } = await msi('diff', 'a.msi', 'b.msi');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Summary information\n {2}~ revisionNumber: "\{.*\}" → "\{.*\}"\n/);
    expect(stdout).toMatch(/\nTable Registry\n {2}~ "\w+": Value: "one" → "two"\n/);
  });

  test('prints JSON', async () => {
    const { stdout } = await msi('diff', 'a.msi', 'b.msi', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      tables: [
        { name: 'Registry', kind: 'changed', rows: [{ kind: 'changed', cells: [{ column: 'Value', after: 'two' }] }] },
      ],
      streams: [],
    });
  });
});

describe('msi transform', () => {
  test('made from two MSIs and applied gives the second one', async () => {
    const made = await msi('transform', 'make', 'a.msi', 'b.msi', '-o', 'ab.mst');
    expect(made).toMatchObject({ code: 0, stdout: 'ab.mst\n' });
    expect(made.stderr).toContain('Not in the transform, because Windows does not apply it: summary information');
    expect((await msi('transform', 'apply', 'a.msi', 'ab.mst', '-o', 'applied.msi')).code).toBe(0);
    const { tables, streams } = JSON.parse((await msi('diff', 'applied.msi', 'b.msi', '--json')).stdout);
    expect({ tables, streams }).toEqual({ tables: [], streams: [] });
  });

  test('sets and removes properties, and shows them', async () => {
    const set = ['--set', 'NEW=a value', '--set', 'ProductLanguage=1031', '--set', 'UpgradeCode='];
    expect((await msi('transform', 'make', 'a.msi', ...set, '-o', 'set.mst', '--validate', 'product')).code).toBe(0);
    const { stdout } = await msi('transform', 'show', 'set.mst');
    expect(stdout).toContain('Conditions    product\n');
    expect(stdout).toContain('  + "NEW" | "a value"');
    expect(stdout).toContain('  ~ "ProductLanguage": Value = "1031"');
    expect(stdout).toContain('  - "UpgradeCode"');
    const json = JSON.parse((await msi('transform', 'show', 'set.mst', '--json')).stdout);
    expect(json).toMatchObject({ conditions: ['product'], tables: [{ name: 'Property', kind: 'changed' }] });
  });

  test('is not applied to an MSI that it was not made for, unless forced', async () => {
    await msi('transform', 'make', 'a.msi', '--set', 'A=1', '-o', 'own.mst');
    await msi(
      'transform',
      'make',
      'a.msi',
      '--set',
      'UpgradeCode={00000000-0000-0000-0000-000000000001}',
      '-o',
      'up.mst',
    );
    await msi('transform', 'apply', 'a.msi', 'up.mst', '-o', 'other.msi');
    const { code, stderr } = await msi('transform', 'apply', 'other.msi', 'own.mst', '-o', 'no.msi');
    expect(code).toBe(1);
    expect(stderr).toContain('its UpgradeCode is "{00000000-0000-0000-0000-000000000001}"');
    expect(existsSync(join(folder, 'no.msi'))).toBe(false);
    expect((await msi('transform', 'apply', 'other.msi', 'own.mst', '-o', 'yes.msi', '--force')).code).toBe(0);
  });

  const wrong: [string, string[], string][] = [
    ['neither a second MSI nor properties', ['a.msi'], 'found neither a second MSI nor --set'],
    ['both', ['a.msi', 'b.msi', '--set', 'A=1'], 'found a second MSI and --set'],
    ['what is no assignment', ['a.msi', '--set', 'A B=1'], 'found "A B=1", wanted NAME=value'],
    ['an unknown condition', ['a.msi', '--set', 'A=1', '--validate', 'luck'], 'Cannot check "luck"'],
  ];
  test.each(wrong)('refuses %s', async (_, args, text) => {
    const { code, stderr } = await msi('transform', 'make', ...args, '-o', 'wrong.mst');
    expect(code).toBe(1);
    expect(stderr).toContain(text);
    expect(readdirSync(folder).filter((name) => name.startsWith('wrong'))).toEqual([]);
  });
});
