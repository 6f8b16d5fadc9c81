import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AbortedError, ToolError } from '../../installer/errors.ts';
import { bytesReader, readAll } from '../../installer/formats/byte-source.ts';
import { FormatError } from '../../installer/formats/format-error.ts';
import { decodeMsi, encodeMsi, type MsiDatabase } from '../../installer/formats/msi/index.ts';
import { type CompileToFileOptions, compileToFile } from '../../installer/tools/compile-to-file.ts';
import { extractPackage } from '../../installer/tools/extract-package.ts';
import { requireTool } from '../support/tools.ts';
import { checkMsiBytes } from '../support/windows-strict.ts';
import { component, EPOCH, executable, rowsText } from '../wix/support.ts';

const fixture = new URL('../fixtures/wix/service.wxs', import.meta.url);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil compile '));
});
afterEach(() => rm(folder, { recursive: true }));

/** The service fixture with its payload, in a folder of its own. */
async function layOut(name: string): Promise<string> {
  const dir = join(folder, name);
  await mkdir(join(dir, 'payload'), { recursive: true });
  await copyFile(fixture, join(dir, 'service.wxs'));
  await writeFile(join(dir, 'payload/relay.exe'), executable([1, 2, 3, 4]));
  await writeFile(join(dir, 'payload/relay example.yaml'), 'mode: example\n');
  await writeFile(join(dir, 'payload/relay.ico'), new Uint8Array([0, 0, 1, 0]));
  return dir;
}

async function build(dir: string, options: Partial<CompileToFileOptions> = {}): Promise<string> {
  const output = join(dir, 'out', 'relay.msi');
  const result = await compileToFile({
    sources: [join(dir, 'service.wxs')],
    output,
    arch: 'x64',
    sourceDateEpoch: EPOCH,
    ...options,
  });
  expect(result.diagnostics).toEqual([]);
  expect(checkMsiBytes(new Uint8Array(await readFile(output)))).toEqual([]);
  return output;
}

const run = (program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { encoding: 'utf8', cwd: folder });

describe('compileToFile()', () => {
  test('gives the same bytes from different folders', async () => {
    const first = readFileSync(await build(await layOut('one')));
    const second = readFileSync(await build(await layOut('somewhere else/two')));
    expect(first.equals(second)).toBe(true);
  });

  test('changes the package code, not the product code, with the content', async () => {
    const dir = await layOut('one');
    const before = await decodeMsi(bytesReader(new Uint8Array(readFileSync(await build(dir)))));
    await writeFile(join(dir, 'payload/relay example.yaml'), 'mode: changed\n');
    const after = await decodeMsi(bytesReader(new Uint8Array(readFileSync(await build(dir)))));
    const productCode = ({ tables }: MsiDatabase) =>
      tables.flatMap(({ rows }) => rows).find(([key]) => key === 'ProductCode');
    expect(productCode(after)).toEqual(productCode(before));
    expect(after.summary.revisionNumber).not.toBe(before.summary.revisionNumber);
  });

  test('leaves nothing when it is aborted, and an earlier output as it was', async () => {
    const dir = await layOut('one');
    const output = await build(dir);
    const before = readFileSync(output);
    const controller = new AbortController();
    await writeFile(
      join(dir, 'payload/relay.exe'),
      new Uint8Array(8_000_000).map((_, index) => (index * 7919) >> 3),
    );
    const running = build(dir, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(running).rejects.toBeInstanceOf(AbortedError);
    expect(readdirSync(dirname(output))).toEqual(['relay.msi']);
    expect(readFileSync(output).equals(before)).toBe(true);
  });

  test('writes nothing for a source with errors', async () => {
    const source = join(folder, 'bad.wxs');
    await writeFile(source, '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Nope /></Wix>');
    const result = await compileToFile({
      sources: [source],
      output: join(folder, 'out/x.msi'),
      sourceDateEpoch: EPOCH,
    });
    expect(result.ok).toBe(false);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('finds includes and payload with backslashes, in the given folders', async () => {
    await mkdir(join(folder, 'inc/deep'), { recursive: true });
    await mkdir(join(folder, 'payload'));
    await writeFile(
      join(folder, 'inc/deep/file.wxi'),
      '<Include xmlns="http://schemas.microsoft.com/wix/2006/wi"><File Source="sub\\a.txt" /></Include>',
    );
    await mkdir(join(folder, 'payload/sub'));
    await writeFile(join(folder, 'payload/sub/a.txt'), 'a');
    await writeFile(join(folder, 'in.wxs'), component('<?include deep\\file.wxi?>'));
    const result = await compileToFile({
      sources: [join(folder, 'in.wxs')],
      output: join(folder, 'x.msi'),
      includePaths: [join(folder, 'inc')],
      bindPaths: [join(folder, 'payload')],
      sourceDateEpoch: EPOCH,
    });
    expect(result).toMatchObject({ ok: true, payloadFiles: [join(folder, 'payload/sub/a.txt')] });
  });
});

describe('foreign readers', () => {
  test.skipIf(!requireTool('msiinfo'))('msiinfo reads the tables and summary', async () => {
    const output = await build(await layOut('one'));
    const control = run('msiinfo', 'export', output, 'ServiceControl');
    expect(control).toContain('RelayControl\tAcmeRelay\t163\t\t1\tService');
    expect(run('msiinfo', 'suminfo', output)).toContain('Template: x64;1033');
    const expected = (await decodeMsi(bytesReader(new Uint8Array(readFileSync(output))))).tables.map(
      ({ name }) => name,
    );
    expect(run('msiinfo', 'tables', output).split(/\s+/)).toEqual(expect.arrayContaining(expected));
  });

  test.skipIf(!requireTool('msiextract'))('msiextract takes the same bytes out', async () => {
    const dir = await layOut('one');
    const output = await build(dir);
    const files = run('msiextract', '-C', join(folder, 'x'), output).trim().split('\n');
    const exe = files.find((file) => file.endsWith('relay.exe')) ?? '';
    expect(readFileSync(join(folder, 'x', exe)).equals(readFileSync(join(dir, 'payload/relay.exe')))).toBe(true);
  });
});

describe('extractPackage()', () => {
  const extract = async (msi: string, force = false) => {
    const options = { directory: join(folder, 'x'), force, signal: new AbortController().signal };
    return Array.fromAsync(extractPackage(msi, options));
  };

  test('writes the files where they would be installed', async () => {
    const dir = await layOut('one');
    const files = await extract(await build(dir));
    const home = join(folder, 'x/ProgramFiles64Folder/Acme Relay');
    expect(files).toEqual(
      [join(home, 'relay example.yaml'), join(home, 'relay.exe')].sort(
        (a, b) => Number(a.endsWith('exe')) - Number(b.endsWith('exe')),
      ),
    );
    expect(readFileSync(join(home, 'relay.exe')).equals(readFileSync(join(dir, 'payload/relay.exe')))).toBe(true);
  });

  test('refuses to overwrite, unless told to', async () => {
    const msi = await build(await layOut('one'));
    await extract(msi);
    await expect(extract(msi)).rejects.toBeInstanceOf(ToolError);
    expect(await extract(msi, true)).toHaveLength(2);
  });

  test.each(['..|..', 'a|../../evil', 'a|C:', 'a|..\\evil', 'nul|a/b', '..'])(
    'refuses the folder name %s',
    async (name) => {
      const msi = await build(await layOut('one'));
      const content = await decodeMsi(bytesReader(new Uint8Array(readFileSync(msi))));
      const tables = content.tables.map((table) =>
        table.name !== 'Directory'
          ? table
          : {
              ...table,
              rows: table.rows.map((row) => (row[0] === 'INSTALLDIR' ? [row[0], row[1] ?? null, name] : row)),
            },
      );
      await writeFile(msi, await readAll(encodeMsi({ ...content, tables })));
      await expect(extract(msi)).rejects.toBeInstanceOf(FormatError);
      expect(existsSync(join(folder, 'x'))).toBe(false);
    },
  );

  test('does not follow a link that leads out of the folder', async () => {
    const msi = await build(await layOut('one'));
    await mkdir(join(folder, 'outside'));
    await mkdir(join(folder, 'x'));
    symlinkSync(join(folder, 'outside'), join(folder, 'x/ProgramFiles64Folder'));
    await expect(extract(msi, true)).rejects.toBeInstanceOf(ToolError);
    expect(readdirSync(join(folder, 'outside'))).toEqual([]);
  });
});

describe('wixl', () => {
  test.skipIf(!requireTool('wixl'))('gives the same rows where it knows the elements', async () => {
    await writeFile(join(folder, 'a.exe'), 'a');
    const source = component(
      `<File Id="a.exe" Source="a.exe" KeyPath="yes" />
<RegistryValue Id="R" Root="HKLM" Key="k" Name="n" Type="integer" Value="1" />
<ServiceInstall Id="S" Name="svc" DisplayName="Svc" Type="ownProcess" Start="auto" ErrorControl="normal" Arguments="go" Account="a"><ServiceDependency Id="Tcpip" /></ServiceInstall>
<ServiceControl Id="SC" Name="svc" Start="install" Stop="both" Remove="uninstall" Wait="yes" />
<RemoveFolder Id="RF" On="uninstall" />`,
    );
    await writeFile(join(folder, 'in.wxs'), source);
    const ours = join(folder, 'ours.msi');
    await compileToFile({ sources: [join(folder, 'in.wxs')], output: ours, sourceDateEpoch: EPOCH });
    run('wixl', '-o', join(folder, 'wixl.msi'), join(folder, 'in.wxs'));
    const [left, right] = await Promise.all([ours, join(folder, 'wixl.msi')].map(comparable));
    // Left out: wixl has no _Validation, wrong file hashes, and writes no table without rows.
    expect(left).toEqual(right);
  });
});

async function comparable(path: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { tables } = await decodeMsi(bytesReader(new Uint8Array(readFileSync(path))));
  const compared = [
    'Component',
    'FeatureComponents',
    'File',
    'Registry',
    'ServiceControl',
    'ServiceInstall',
    'RemoveFile',
    'InstallExecuteSequence',
    'AdminExecuteSequence',
  ];
  return Object.fromEntries(
    tables.filter(({ name }) => compared.includes(name)).map((table) => [table.name, rowsText(table)] as const),
  );
}

test('compileToFile finds named bind paths, SourceDir and localization files', async () => {
  const dir = join(folder, 'named paths');
  await mkdir(join(dir, 'data'), { recursive: true });
  await writeFile(join(dir, 'data', 'one.txt'), '1');
  await writeFile(join(dir, 'two.txt'), '2');
  await writeFile(
    join(dir, 'de.wxl'),
    '<WixLocalization Culture="de-de" xmlns="http://schemas.microsoft.com/wix/2006/localization"><String Id="T">Titel</String></WixLocalization>',
  );
  const files =
    '<File Id="a" Source="!(bindpath.Data)\\one.txt" KeyPath="yes" /><File Id="b" Source="SourceDir\\two.txt" />';
  await writeFile(join(dir, 'p.wxs'), component(files).replace('<Feature Id="F"', '<Feature Id="F" Title="!(loc.T)"'));
  const result = await compileToFile({
    sources: [join(dir, 'p.wxs')],
    output: join(dir, 'out.msi'),
    bindPaths: [`Data=${join(dir, 'data')}`],
    localizations: [join(dir, 'de.wxl')],
    cultures: ['de-DE'],
    sourceDateEpoch: EPOCH,
  });
  expect(result.diagnostics).toEqual([]);
  const { tables } = await decodeMsi(bytesReader(new Uint8Array(await readFile(join(dir, 'out.msi')))));
  expect(tables.find(({ name }) => name === 'Feature')?.rows[0]).toContain('Titel');
});
