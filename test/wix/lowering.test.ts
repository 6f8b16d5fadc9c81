/** What elements become, column by column. Expected numbers: the Windows Installer table pages. */
import { describe, expect, test } from 'vitest';
import { elementCatalogue, parentsOf } from '../../installer/wix/index.ts';
import { loweredElements } from '../../installer/wix/lower/lower.ts';
import { type CompileTextOptions, compileText, component, executable, mustCompile, product, rows } from './support.ts';

async function rowsOf(text: string, table: string, options?: CompileTextOptions) {
  return rows(mustCompile(await compileText(text, options)), table);
}

test('every element of the catalogue has a lowering wherever it may stand', () => {
  const known = new Set(loweredElements);
  const missing = [...elementCatalogue.keys()]
    .filter((name) => name !== 'Wix' && !known.has(name))
    .flatMap((name) => parentsOf(name).map((parent) => `${parent}/${name}`))
    .filter((place) => !known.has(place));
  // A condition within PermissionEx is read by PermissionEx itself.
  expect(missing).toEqual(['PermissionEx/Condition']);
});

describe('CustomAction', () => {
  const binary = '<Binary Id="B" SourceFile="b" />';
  const directory = '<Directory Id="TARGETDIR" Name="SourceDir" />';
  test.each([
    ['BinaryKey="B" DllEntry="Run"', 1, 'B', 'Run'],
    ['BinaryKey="B" ExeCommand="/x" Return="ignore"', 2 | 0x40, 'B', '/x'],
    ['BinaryKey="B" JScriptCall="f"', 5, 'B', 'f'],
    ['BinaryKey="B" VBScriptCall="f" Win64="yes"', 6 | 0x1000, 'B', 'f'],
    ['Directory="TARGETDIR" ExeCommand="sc.exe" Execute="deferred" Impersonate="no"', 3106, 'TARGETDIR', 'sc.exe'],
    ['Property="EXE" ExeCommand="/x" Execute="deferred" Impersonate="no"', 3122, 'EXE', '/x'],
    ['Property="A" Value="1"', 51, 'A', '1'],
    ['Property="A" Value="1" Execute="firstSequence"', 51 | 0x100, 'A', '1'],
    ['Directory="TARGETDIR" Value="[A]"', 35, 'TARGETDIR', '[A]'],
    ['Error="25001"', 19, undefined, '25001'],
    ['BinaryKey="B" DllEntry="Undo" Execute="rollback" Impersonate="no"', 3329, 'B', 'Undo'],
    [
      'BinaryKey="B" DllEntry="Run" Return="asyncNoWait" HideTarget="yes" TerminalServerAware="yes"',
      1 | 0xc0 | 0x2000 | 0x4000,
      'B',
      'Run',
    ],
  ])('%s has type %i', async (attributes, type, source, target) => {
    const text = product(`${binary}${directory}<CustomAction Id="X" ${attributes} />`);
    const expected = { Action: 'X', Type: type, ...(source === undefined ? {} : { Source: source }), Target: target };
    expect(await rowsOf(text, 'CustomAction', { files: { b: 'b' } })).toEqual([expected]);
  });

  test('holds a script as text, types 37 and 38', async () => {
    expect(await rowsOf(product('<CustomAction Id="X" Script="jscript">f();</CustomAction>'), 'CustomAction')).toEqual([
      { Action: 'X', Type: 37, Target: 'f();' },
    ]);
  });

  test('with PatchUninstall gets the ExtendedType column', async () => {
    const text = product('<CustomAction Id="X" Property="A" Value="1" PatchUninstall="yes" />');
    expect(await rowsOf(text, 'CustomAction')).toEqual([
      { Action: 'X', Type: 51, Source: 'A', Target: '1', ExtendedType: 0x8000 },
    ]);
  });
});

describe('MajorUpgrade', () => {
  const detect = {
    UpgradeCode: '{D4CD70BC-7ABD-4FCD-8E10-C8DB53C73415}',
    VersionMin: '1.2.3',
    Attributes: 2,
    ActionProperty: 'WIX_DOWNGRADE_DETECTED',
  };
  const upgrade = { UpgradeCode: detect.UpgradeCode, ActionProperty: 'WIX_UPGRADE_DETECTED' };
  test.each([
    ['DowngradeErrorMessage="no"', [{ ...upgrade, VersionMax: '1.2.3', Attributes: 1 }, detect], 1401],
    [
      'DowngradeErrorMessage="no" AllowSameVersionUpgrades="yes" Schedule="afterInstallInitialize"',
      [{ ...upgrade, VersionMax: '1.2.3', Attributes: 0x201 }, detect],
      1501,
    ],
    ['AllowDowngrades="yes" Schedule="afterInstallExecute"', [{ ...upgrade, VersionMin: '0', Attributes: 257 }], 6501],
    [
      'AllowDowngrades="yes" MigrateFeatures="no" IgnoreRemoveFailure="yes" RemoveFeatures="A" Schedule="afterInstallFinalize"',
      [{ ...upgrade, VersionMin: '0', Attributes: 260, Remove: 'A' }],
      6601,
    ],
  ])('%s', async (attributes, expected, sequence) => {
    const compiled = mustCompile(await compileText(product(`<MajorUpgrade ${attributes} />`)));
    expect(rows(compiled, 'Upgrade')).toEqual(expected);
    expect(rows(compiled, 'InstallExecuteSequence')).toContainEqual({
      Action: 'RemoveExistingProducts',
      Sequence: sequence,
    });
  });
});

describe('RegistryValue', () => {
  test.each([
    ['Type="string" Value="#a"', '##a'],
    ['Type="integer" Value="-5"', '#-5'],
    ['Type="integer" Value="[A]"', '#[A]'],
    ['Type="binary" Value="0AFF"', '#x0AFF'],
    ['Type="expandable" Value="%A%"', '#%%A%'],
    ['Type="multiString" Value="a"', '[~]a[~]'],
    ['Type="multiString" Value="a" Action="append"', '[~]a'],
    ['Type="multiString" Value="a" Action="prepend"', 'a[~]'],
    ['Type="string" Value=""', undefined],
  ])('%s is stored as %s', async (attributes, value) => {
    const [row] = await rowsOf(component(`<RegistryValue Root="HKMU" Key="k" Name="n" ${attributes} />`), 'Registry');
    expect(row?.Value).toBe(value);
    expect(row?.Root).toBe(-1);
  });
});

describe('Component', () => {
  test.each([
    ['SharedDllRefCount="yes"', 8],
    ['Permanent="yes" NeverOverwrite="yes"', 144],
    ['Transitive="yes" Location="either"', 66],
    ['Win64="yes"', 256],
    [
      'DisableRegistryReflection="yes" Shared="yes" UninstallWhenSuperseded="yes" Location="source"',
      512 | 2048 | 1024 | 1,
    ],
  ])('%s has attributes %i', async (attributes, bits) => {
    const text = component('', `Guid="{FBFFDA3F-DDF1-4651-BB4E-A01F0DDF66A1}" KeyPath="yes" ${attributes}`);
    expect((await rowsOf(text, 'Component'))[0]?.Attributes).toBe(bits);
  });

  test('is 64-bit by default when the package is', async () => {
    expect((await rowsOf(component(''), 'Component', { architecture: 'x64' }))[0]?.Attributes).toBe(256);
    expect(
      (await rowsOf(component('', 'Win64="no" Guid=""'), 'Component', { architecture: 'arm64' }))[0]?.Attributes,
    ).toBe(0);
  });

  test('takes the first possible key path, and a chosen one before it', async () => {
    const content = '<File Id="a" Source="a" /><File Id="b" Source="a" Name="b" KeyPath="yes" />';
    const files = { a: 'a' };
    expect((await rowsOf(component(content), 'Component', { files }))[0]?.KeyPath).toBe('b');
    expect((await rowsOf(component(content.replace(' KeyPath="yes"', '')), 'Component', { files }))[0]?.KeyPath).toBe(
      'a',
    );
  });

  test('with a generated GUID gets the one that WiX gives', async () => {
    // ProgramFilesFolder\wixtestfolder\textfile1.txt: read out of a database that WiX built.
    const text = component('<File Source="TextFile1.txt" />', 'Guid="*"').replace('Name="App"', 'Name="WixTestFolder"');
    const [row] = await rowsOf(text, 'Component', { files: { 'TextFile1.txt': 'x' } });
    expect(row?.ComponentId).toBe('{F14F9FD8-501D-553E-8F6D-4031A02488CC}');
  });
});

describe('File', () => {
  test('has the version and language of an executable, and then no hash', async () => {
    const compiled = mustCompile(
      await compileText(component('<File Source="x\\a.exe" />'), { files: { 'x/a.exe': executable([2, 1, 0, 9]) } }),
    );
    expect(rows(compiled, 'File')).toMatchObject([
      { File: 'a.exe', Version: '2.1.0.9', Language: '1033', Attributes: 512 },
    ]);
    expect(rows(compiled, 'MsiFileHash')).toEqual([]);
  });

  test('has the MD5 (0cc175b9c0f1b6a831c399e269772661 for "a") in four integers, which are zero for an empty file', async () => {
    const content = '<File Id="a" Source="a" /><File Id="e" Source="e" />';
    expect(await rowsOf(component(content), 'MsiFileHash', { files: { a: 'a', e: '' } })).toEqual([
      {
        File_: 'a',
        Options: 0,
        HashPart1: -1183465204,
        HashPart2: -1464405568,
        HashPart3: -493239503,
        HashPart4: 1629910889,
      },
      { File_: 'e', Options: 0, HashPart1: 0, HashPart2: 0, HashPart3: 0, HashPart4: 0 },
    ]);
  });

  test('is numbered by disk, then by identifier without regard to case', async () => {
    const content =
      '<File Id="b" Source="a" Name="1" /><File Id="B2" Source="a" Name="2" /><File Id="a_" Source="a" Name="3" /><File Id="A1" Source="a" Name="4" />';
    const found = await rowsOf(component(content), 'File', { files: { a: 'a' } });
    expect(found.map((row) => `${row.Sequence} ${row.File}`)).toEqual(['1 a_', '2 A1', '3 b', '4 B2']);
  });
});

describe('sequences', () => {
  const custom = (id: string, place: string) => `<Custom Action="${id}" ${place}>1</Custom>`;
  const actions = (...ids: string[]) =>
    ids.map((id) => `<CustomAction Id="${id}" Property="P" Value="${id}" />`).join('');

  test('give relative actions the nearest free numbers, in the order of their names', async () => {
    const text = product(
      `${actions('A', 'B', 'C', 'D')}<InstallExecuteSequence>${custom('B', 'After="CostFinalize"')}${custom('A', 'After="CostFinalize"')}${custom('C', 'Before="CostFinalize"')}${custom('D', 'After="A"')}</InstallExecuteSequence>`,
    );
    const found = await rowsOf(text, 'InstallExecuteSequence');
    const numbers = Object.fromEntries(found.map((row) => [row.Action, row.Sequence]));
    expect(numbers).toMatchObject({ C: 999, CostFinalize: 1000, A: 1001, D: 1002, B: 1003 });
  });

  test('leave out suppressed actions and keep conditions of standard ones', async () => {
    const text = product(
      '<InstallExecuteSequence><RegisterUser Suppress="yes" /><PublishProduct>0</PublishProduct></InstallExecuteSequence>',
    );
    const found = await rowsOf(text, 'InstallExecuteSequence');
    expect(found.find((row) => row.Action === 'RegisterUser')).toBeUndefined();
    expect(found).toContainEqual({ Action: 'PublishProduct', Condition: '0', Sequence: 6400 });
  });

  test('prefer an action that is not overridable', async () => {
    const text = product(
      `${actions('A')}<InstallUISequence><Custom Action="A" Sequence="5" Overridable="yes" /><Custom Action="A" Sequence="7" /></InstallUISequence>`,
    );
    expect(await rowsOf(text, 'InstallUISequence')).toContainEqual({ Action: 'A', Sequence: 7 });
  });
});

test('fragments come in only when something refers to them', async () => {
  const text = `${product('<PropertyRef Id="USED" />').replace('</Wix>', '')}<Fragment><Property Id="USED" Value="1" /></Fragment><Fragment><Property Id="UNUSED" Value="1" /></Fragment></Wix>`;
  const names = (await rowsOf(text, 'Property')).map((row) => row.Property);
  expect(names).toContain('USED');
  expect(names).not.toContain('UNUSED');
});

test('CustomTable brings its columns, rows and validation data', async () => {
  const text = product(
    `<CustomTable Id="T"><Column Id="K" Type="string" Width="20" PrimaryKey="yes" /><Column Id="N" Type="int" Width="4" Nullable="yes" MinValue="0" /><Row><Data Column="K">a</Data><Data Column="N">7</Data></Row></CustomTable>`,
  );
  const compiled = mustCompile(await compileText(text));
  expect(rows(compiled, 'T')).toEqual([{ K: 'a', N: 7 }]);
  expect(rows(compiled, '_Validation')).toContainEqual({ Table: 'T', Column: 'N', Nullable: 'Y', MinValue: 0 });
});

test('MediaTemplate opens a new cabinet where the limit is reached', async () => {
  const big = new Uint8Array(700 * 1024);
  const text = component('<File Id="a" Source="a" /><File Id="b" Source="b" />').replace(
    /<Media .*? \/>/,
    '<MediaTemplate EmbedCab="yes" MaximumUncompressedMediaSize="1" />',
  );
  expect(await rowsOf(text, 'Media', { files: { a: big, b: big } })).toEqual([
    { DiskId: 1, LastSequence: 1, Cabinet: '#cab1.cab' },
    { DiskId: 2, LastSequence: 2, Cabinet: '#cab2.cab' },
  ]);
});
