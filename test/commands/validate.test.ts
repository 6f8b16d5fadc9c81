import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../installer/formats/byte-source.ts';
import { encodeMsi, type MsiDatabase } from '../../installer/formats/msi/index.ts';
import { base, Edit } from '../validate/support.ts';

const cli = join(import.meta.dirname, '../../installer/cli.ts');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil validate '));
  await write('good.msi', base);
  await write('warned.msi', new Edit().remove('Registry', 'Messages').database);
  await write('bad.msi', new Edit().remove('Property', 'Manufacturer').database);
  await writeFile(join(folder, 'none.msi'), 'not a database');
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, database: MsiDatabase): Promise<void> {
  await writeFile(join(folder, name), await readAll(encodeMsi(database)));
}

function validate(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [cli, 'validate', ...args], { cwd: folder }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('msi validate', () => {
  test('has nothing to report about a good package', async () => {
    expect(await validate('good.msi')).toEqual({
      code: 0,
      stdout: 'good.msi: nothing to report\n0 errors, 0 warnings\n',
      stderr: '',
    });
  });

  test('reports file by file, with cures and counts, and fails on errors', async () => {
    const { code, stdout } = await validate('bad.msi', 'warned.msi');
    expect(code).toBe(1);
    expect(stdout).toBe(`bad.msi:
  error ICE05 Property "Manufacturer": found no row, wanted a value
    → Add the property Manufacturer.
warned.msi:
  warning VGL-S08 ServiceInstall "Relay": found no EventMessageFile in the registry, wanted a source of events below SYSTEM\\CurrentControlSet\\Services\\EventLog
    → Add EventMessageFile and TypesSupported for the source the service writes under.
1 error, 1 warning
`);
  });

  test('does not fail on warnings unless asked to', async () => {
    expect((await validate('warned.msi')).code).toBe(0);
    const strict = await validate('--warnings-as-errors', 'warned.msi');
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('1 error, 0 warnings');
  });

  test('leaves out what is suppressed, in any letter case', async () => {
    const { code, stdout } = await validate('--suppress', 'ice05, VGL-S08', 'bad.msi', 'warned.msi');
    expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, last: '0 errors, 0 warnings' });
  });

  test('prints findings as JSON', async () => {
    const { code, stdout } = await validate('--json', 'bad.msi');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        file: 'bad.msi',
        findings: [
          {
            rule: 'ICE05',
            severity: 'error',
            table: 'Property',
            row: 'Manufacturer',
            found: 'no row',
            wanted: 'a value',
            cure: 'Add the property Manufacturer.',
          },
        ],
      },
    ]);
  });

  test('goes on after a file that is no MSI, and fails', async () => {
    const { code, stdout } = await validate('none.msi', 'good.msi');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^none\.msi: Cannot read/);
    expect(stdout).toContain('good.msi: nothing to report\n0 errors, 0 warnings, 1 file not read');
  });

  test('suggests the number of a rule', async () => {
    const { code, stderr } = await validate('--suppress', 'VGL-S8', 'good.msi');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cannot suppress "VGL-S8": there is no such rule\n.*Did you mean "VGL-S08"\?/);
  });

  test('names a file that is not there', async () => {
    const { code, stderr } = await validate('nope.msi');
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot read "nope.msi"');
  });
});
