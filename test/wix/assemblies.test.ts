/** Rows of MsiAssembly and MsiAssemblyName, and what an assembly has to be to get them. */
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { dotNetAssembly } from '../support/dot-net-assembly.ts';
import { compileText, component, executable, type Files, msiBytes, mustCompile, rows } from './support.ts';

const weak = dotNetAssembly({ name: 'Relay', version: [1, 0, 0, 0] });
const strong = dotNetAssembly({ name: 'Relay', version: [1, 0, 0, 0], publicKey: new Uint8Array(16).fill(7) });

const compileFile = (attributes: string, files: Files) =>
  compileText(component(`<File Id="Dll" Source="relay.dll" ${attributes} />`), { files });

test('a .NET assembly for the machine has its identity in MsiAssemblyName', async () => {
  const compiled = mustCompile(await compileFile('Assembly=".net" KeyPath="yes"', { 'relay.dll': strong }));
  await msiBytes(compiled);
  expect(rows(compiled, 'MsiAssembly')).toEqual([{ Component_: 'C', Feature_: 'F', Attributes: 0 }]);
  expect(
    rows(compiled, 'MsiAssemblyName')
      .map(({ Name }) => Name)
      .toSorted(),
  ).toEqual(['culture', 'name', 'processorArchitecture', 'publicKeyToken', 'version']);
});

test('a private assembly names the file it stands beside, and needs no key', async () => {
  const attributes = 'Assembly=".net" KeyPath="yes" AssemblyApplication="Dll"';
  const compiled = mustCompile(await compileFile(attributes, { 'relay.dll': weak }));
  expect(rows(compiled, 'MsiAssembly')[0]).toMatchObject({ File_Application: 'Dll' });
  expect(rows(compiled, 'MsiAssemblyName').map(({ Name }) => Name)).not.toContain('publicKeyToken');
});

test.each([
  ['without a key, for the machine', weak, 'WIX5018'],
  ['that is an ordinary executable', executable([1, 0, 0, 0]), 'relay.dll'],
])('an assembly %s is an error', async (_, bytes, said) => {
  const result = await compileFile('Assembly=".net" KeyPath="yes"', { 'relay.dll': bytes });
  expect(result.ok).toBe(false);
  expect(result.diagnostics.map(formatDiagnostic).join('\n')).toContain(said);
});
