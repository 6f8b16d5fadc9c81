/** The tables of the package that decide how Windows Installer, Group Policy and the SCM take it. */
import { expect, test } from 'vitest';
import { bytesReader } from '../../installer/formats/byte-source.ts';
import { decodeMsi } from '../../installer/formats/msi/index.ts';
import { DatabaseView } from '../../installer/validate/database-view.ts';
import { formatFinding, validateDatabase } from '../../installer/validate/index.ts';
import { executeSequence } from '../../installer/validate/sequences.ts';
import { msiBytes, rows } from '../wix/support.ts';
import { compileProduct } from './support.ts';

const everything = {
  service: {
    dependencies: ['Tcpip', '+NetworkProvider'],
    requiredPrivileges: ['SeChangeNotifyPrivilege', 'SeCreateGlobalPrivilege'],
  },
  contact: 'help@vigil.example',
  settings: [
    {
      property: 'LONGCHOICE',
      type: 'choice',
      values: Array.from({ length: 32 }, (_, index) => `value number ${index}`),
      description: 'Many.',
    },
  ],
};
const compiled = await compileProduct(everything);
const bytes = await msiBytes(compiled);
const database = await decodeMsi(bytesReader(bytes));
const view = new DatabaseView(database);
const table = (name: string) => rows(compiled, name);
const sequenceNumber = (action: string): number => executeSequence(view).numberOf(action) ?? Number.NaN;

test('the bytes are such as Windows takes, and no rule has anything to say', () => {
  expect(validateDatabase(database).map(formatFinding)).toEqual([]);
});

test('there are only custom actions of type 51 and 19', () => {
  expect([...new Set(table('CustomAction').map(({ Type }) => Type))].sort()).toEqual([19, 51]);
});

test('every condition, text and value fits its column', () => {
  const cells = ['CustomAction', 'InstallExecuteSequence', 'InstallUISequence', 'Component'].flatMap((name) =>
    table(name).flatMap((row) => [row.Condition, row.Target].map((cell) => String(cell ?? '').length)),
  );
  expect(Math.max(...cells)).toBeLessThanOrEqual(255);
});

test('advertisement, which is all that Group Policy evaluates itself, is complete and runs no action of ours', () => {
  expect(table('AdvtExecuteSequence').map(({ Action }) => Action)).toEqual([
    'CostInitialize',
    'CostFinalize',
    'InstallValidate',
    'InstallInitialize',
    'PublishFeatures',
    'PublishProduct',
    'InstallFinalize',
  ]);
});

test('everything that is decided without a UI is decided with one too, in the same order', () => {
  const ours = (sequence: string) =>
    [...table(sequence)]
      .filter(({ Action }) => table('CustomAction').some((action) => action.Action === Action))
      .sort((a, b) => Number(a.Sequence) - Number(b.Sequence))
      .map(({ Action, Condition }) => [Action, Condition]);
  expect(ours('InstallUISequence')).toEqual(ours('InstallExecuteSequence'));
  expect(ours('InstallUISequence').length).toBeGreaterThan(40);
});

test('decisions are made before costing, those about folders before anything is changed', () => {
  const custom = executeSequence(view).actions.filter(({ name }) => view.find('CustomAction', name) !== undefined);
  const late = custom.filter(({ sequence }) => sequence > sequenceNumber('CostInitialize')).map(({ name }) => name);
  expect(late).toEqual(['RefuseINSTALLDIR', 'RefuseDATADIR', 'RefuseProgramInData', 'SetARPINSTALLLOCATION']);
  expect(Math.max(...custom.map(({ sequence }) => sequence))).toBeLessThan(sequenceNumber('InstallValidate'));
  expect(Math.min(...custom.map(({ sequence }) => sequence))).toBeGreaterThan(sequenceNumber('LaunchConditions'));
});

test('the service is registered, configured, written to and started in this order, in an upgrade that can roll back', () => {
  const order = [
    'InstallInitialize',
    'RemoveExistingProducts',
    'StopServices',
    'DeleteServices',
    'RemoveRegistryValues',
    'InstallFiles',
    'InstallServices',
    'MsiConfigureServices',
    'WriteRegistryValues',
    'StartServices',
    'InstallFinalize',
  ];
  const numbers = order.map(sequenceNumber);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(sequenceNumber('RemoveExistingProducts')).toBe(sequenceNumber('InstallInitialize') + 1);
});

test('every property that an administrator sets, and every one that a search sets, reaches the elevated half', () => {
  const secure = view.propertyList('SecureCustomProperties');
  const searched = table('AppSearch').map(({ Property }) => Property);
  expect(secure).toEqual(expect.arrayContaining([...searched, 'INSTALLDIR', 'NOSTART', 'REMOVEDATA', 'LONGCHOICE']));
  expect(searched).toContain('REMEMBERED_LONGCHOICE');
  expect(view.propertyList('MsiHiddenProperties')).toEqual(['SERVICEPASSWORD']);
});

test('the password is in no table but as the property of ServiceInstall', () => {
  const cells = compiled.database.tables.flatMap(({ name, rows: stored }) =>
    stored.flatMap((row) => row.filter((cell) => String(cell).includes('[SERVICEPASSWORD]')).map(() => name)),
  );
  expect(cells).toEqual(['ServiceInstall']);
  expect(table('RegLocator').map(({ Name }) => Name)).not.toContain('SERVICEPASSWORD');
});

test('the service is vital, quoted, and configured by rows', () => {
  expect(table('ServiceInstall')).toEqual([
    expect.objectContaining({
      StartName: '[SERVICEACCOUNT]',
      Password: '[SERVICEPASSWORD]',
      ErrorControl: 0x8001,
      Dependencies: 'Tcpip[~]+NetworkProvider[~][~]',
    }),
  ]);
  expect(Object.fromEntries(table('MsiServiceConfig').map((row) => [row.MsiServiceConfig, row.Argument]))).toEqual({
    'ServiceConfig.DS': '[ScmDelayed]',
    'ServiceConfig.SS': '1',
    'ServiceConfig.RP': 'SeChangeNotifyPrivilege[~]SeCreateGlobalPrivilege',
    'ServiceConfig.PD': '60000',
    'Recovery.FA': '1',
    'RecoveryWithPassword.FA': '1',
  });
  expect(table('Registry')).toContainEqual(
    expect.objectContaining({ Name: 'ImagePath', Value: '#%"[INSTALLDIR]vigil.exe" service' }),
  );
});

test('the live configuration is no component that Windows Installer manages; the example is', () => {
  const component = (id: string) => table('Component').find(({ Component }) => Component === id);
  const [neverOverwrite, permanent, win64] = [128, 16, 256];
  expect(component('Configuration')).not.toHaveProperty('ComponentId');
  expect(component('Configuration')?.Attributes).toBe(neverOverwrite | win64);
  expect(Number(component('ConfigurationExample')?.Attributes) & (neverOverwrite | permanent)).toBe(0);
  expect(component('ConfigurationExample')).toHaveProperty('ComponentId');
});

test('what a new run decides anew is transitive', () => {
  const transitive = table('Component').filter(({ Attributes }) => (Number(Attributes) & 64) !== 0);
  const conditioned = table('Component').filter(({ Condition }) => Condition !== undefined);
  expect(transitive).toEqual(conditioned);
  expect(conditioned.map(({ Component }) => Component).sort()).toEqual([
    'KeptService',
    'Recovery',
    'RecoveryWithPassword',
    'StartType',
  ]);
});

test('Apps & features gets what it shows, deployment tools the reboot behaviour they want', () => {
  const property = (name: string) => view.property(name);
  expect(property('ARPCONTACT')).toBe('help@vigil.example');
  expect(property('ARPPRODUCTICON')).toBe('product.ico');
  expect(property('ARPNOMODIFY')).toBe('1');
  expect(property('ARPNOREPAIR')).toBeUndefined();
  expect(property('REBOOT')).toBe('ReallySuppress');
  expect(property('MSIDEPLOYMENTCOMPLIANT')).toBe('1');
  expect(property('ALLUSERS')).toBe('1');
  expect(database.summary.template).toBe('x64;1033');
});
