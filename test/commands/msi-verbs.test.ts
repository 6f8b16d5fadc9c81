import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, runMsi } from '../support/msi-command.ts';
import { component } from '../wix/support.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil verbs '));
  await writeFile(join(folder, 'a.txt'), 'a');
  await writeFile(join(folder, 'in.wxs'), component('<File Source="$(var.Name).txt" />'));
  await msi('compile', 'in.wxs', '-o', 'out.msi', '-d', 'Name=a');
});
afterAll(() => rm(folder, { recursive: true }));

const msi = (...args: readonly string[]): Promise<Ended> => runMsi(folder, args);

describe('msi compile', () => {
  test('writes the MSI and prints its path', async () => {
    const { code, stdout } = await msi('compile', 'in.wxs', '-o', 'again.msi', '-d', 'Name=a');
    expect(code).toBe(0);
    expect(stdout.trim()).toBe(join(folder, 'again.msi'));
    expect(readFileSync(join(folder, 'again.msi')).equals(readFileSync(join(folder, 'out.msi')))).toBe(true);
  });

  test('prints diagnostics on standard error and fails, writing nothing', async () => {
    const { code, stdout, stderr } = await msi('compile', 'in.wxs', '-o', 'none.msi');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('in.wxs:7:7: error WIX1001: Cannot expand "$(var.Name)": no such variable is defined');
    expect(existsSync(join(folder, 'none.msi'))).toBe(false);
  });

  test('says what is wrong as JSON when asked to', async () => {
    const { code, stdout } = await msi('compile', 'in.wxs', '-o', 'none.msi', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'WIX1001', severity: 'error' }] });
  });

  test('names a source that is not there', async () => {
    const { code, stderr } = await msi('compile', 'nope.wxs', '-o', 'none.msi');
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot read "nope.wxs"');
  });
});

describe('msi inspect', () => {
  test('shows summary, tables and streams', async () => {
    const { stdout } = await msi('inspect', 'out.msi');
    expect(stdout).toMatch(/template +Intel;1033/);
    expect(stdout).toMatch(/File +1 row\n/);
    expect(stdout).toMatch(/a\.cab +\d+ bytes/);
  });

  test('shows the rows of a table, as text and as JSON', async () => {
    expect((await msi('inspect', 'out.msi', '--table', 'File')).stdout).toMatch(
      /^File\* +Component_ .*\n.*\na\.txt +C +a\.txt +1 /,
    );
    expect(JSON.parse((await msi('inspect', 'out.msi', '--table', 'FeatureComponents', '--json')).stdout)).toEqual([
      { Feature_: 'F', Component_: 'C' },
    ]);
  });

  test('suggests the name of a table', async () => {
    const { code, stderr } = await msi('inspect', 'out.msi', '--table', 'Propery');
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "Property"?');
  });

  test('refuses what is no MSI', async () => {
    const { code, stderr } = await msi('inspect', 'in.wxs');
    expect(code).toBe(1);
    expect(stderr).not.toContain('Unexpected failure');
  });
});

test('msi extract writes the files and prints their paths', async () => {
  const { code, stdout } = await msi('extract', 'out.msi', '-C', 'x');
  expect(code).toBe(0);
  expect(stdout.trim()).toBe(join(folder, 'x/ProgramFilesFolder/App/a.txt'));
  expect(readFileSync(stdout.trim(), 'utf8')).toBe('a');
  expect((await msi('extract', 'out.msi', '-C', 'x')).code).toBe(1);
});
