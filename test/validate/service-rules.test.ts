/** Each rule for services: a package that breaks it, with what is said, and near misses that it accepts. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../installer/validate/index.ts';
import { type Cells, Edit, findingsOf, places } from './support.ts';

type Case = readonly [rule: string, what: string, change: (edit: Edit) => Edit, expected: readonly string[]];

const X = 'InstallExecuteSequence';
const SERVICE = 'error ServiceInstall:Relay';
const service = (cells: Cells) => (edit: Edit) => edit.set('ServiceInstall', 'Relay', cells);
const sddl = (text: string) => (edit: Edit) => edit.set('MsiLockPermissionsEx', 'DataRights', { SDDLText: text });
const recovery = (value: string) => (edit: Edit) => edit.set('Registry', 'Recovery', { Value: value });
const failureTable = (cells: Cells) => (edit: Edit) =>
  edit.remove('Registry', 'Recovery').add('MsiServiceConfigFailureActions', {
    MsiServiceConfigFailureActions: 'F',
    Name: 'AcmeRelay',
    Event: 1,
    Actions: '1[~]1[~][~]',
    DelayActions: '5000[~]60000[~][~]',
    ResetPeriod: 900,
    Component_: 'Service',
    ...cells,
  });
const customAction = (type: number) => (edit: Edit) =>
  edit.add('CustomAction', { Action: 'A', Type: type, Source: 'relay.exe', Target: 't' });
const imagePath = (value: string) => (edit: Edit) =>
  edit.set('Registry', 'Recovery', { Name: 'ImagePath', Value: value });

// biome-ignore format: one case a line
const broken: readonly Case[] = [
  ['VGL-S01', 'a folder outside quotes', service({ Arguments: 'service [INSTALLDIR]relay.yaml' }), [`${SERVICE}:Arguments`]],
  ['VGL-S01', 'a file outside quotes', service({ Arguments: 'service [#relay.exe]' }), [`${SERVICE}:Arguments`]],
  ['VGL-S01', 'a folder whose backslash takes the quote away', service({ Arguments: 'service "[INSTALLDIR]"' }), [`${SERVICE}:Arguments`]],
  ['VGL-S01', 'a quote that is not closed', service({ Arguments: 'service "a' }), [`${SERVICE}:Arguments`]],
  ['VGL-S01', 'an image path with spaces', imagePath('#%C:\\Program Files\\Acme\\relay.exe service'), ['error Registry:Recovery:Value']],
  ['VGL-S01', 'an image path with a folder outside quotes', imagePath('#%[INSTALLDIR]relay.exe service'), ['error Registry:Recovery:Value']],
  ['VGL-S02', 'a password that is logged', (e) => e.remove('Property', 'MsiHiddenProperties'), [`${SERVICE}:Password`]],
  ['VGL-S02', 'a private property', service({ Password: '[Password]' }), [`${SERVICE}:Password`]],
  ['VGL-S03', 'a password in the table', service({ Password: 'secret' }), [`${SERVICE}:Password`]],
  ['VGL-S03', 'a password in the Property table', (e) => e.add('Property', { Property: 'SERVICEPASSWORD', Value: 'secret' }), ['error Property:SERVICEPASSWORD:Value']],
  ['VGL-S04', 'a reset after 0 s', recovery('#x0000000000000000000000000100000014000000010000000A000000'), ['error Registry:Recovery:Value']],
  ['VGL-S04', 'a reset before the last action', failureTable({ ResetPeriod: 60 }), ['error MsiServiceConfigFailureActions:F:ResetPeriod']],
  ['VGL-S05', 'a value that is too short', recovery('#x8403'), ['error Registry:Recovery:Value']],
  ['VGL-S05', 'more actions than bytes', recovery('#x8403000000000000000000000300000014000000'), ['error Registry:Recovery:Value']],
  ['VGL-S05', 'no actions', recovery('#x8403000000000000000000000000000014000000'), ['error Registry:Recovery:Value']],
  ['VGL-S05', 'an action of no known type', recovery('#x840300000000000000000000010000001400000009000000C0D40100'), ['error Registry:Recovery:Value']],
  ['VGL-S05', 'a text', recovery('restart'), ['error Registry:Recovery:Value']],
  ['VGL-S06', 'the table that does not work', failureTable({}), ['warning MsiServiceConfigFailureActions:F']],
  ['VGL-S07', 'no recovery', (e) => e.remove('Registry', 'Recovery'), ['warning ServiceInstall:Relay']],
  ['VGL-S08', 'no source of events', (e) => e.remove('Registry', 'Messages'), ['warning ServiceInstall:Relay']],
  ['VGL-S09', 'no stop on upgrade', (e) => e.set('ServiceControl', 'Control', { Event: 1 + 32 + 128 }), [SERVICE]],
  ['VGL-S09', 'no ServiceControl at all', (e) => e.remove('ServiceControl'), [SERVICE]],
  ['VGL-S09', 'a service that upgrades do not stop', (e) => e.set(X, 'StopServices', { Condition: 'NOT UPGRADINGPRODUCTCODE' }), [`error ${X}:StopServices:Condition`]],
  ['VGL-S10', 'no deletion', (e) => e.set('ServiceControl', 'Control', { Event: 1 + 2 + 32 }), [SERVICE]],
  ['VGL-S10', 'a deletion that never comes', (e) => e.set(X, 'DeleteServices', { Condition: 'NOT Installed' }), [`error ${X}:DeleteServices:Condition`]],
  ['VGL-S11', 'the start of a disabled service', service({ StartType: 4 }), ['error ServiceControl:Control:Event']],
  ['VGL-S11', 'a start without waiting', (e) => e.set('ServiceControl', 'Control', { Wait: 0 }), ['warning ServiceControl:Control:Wait']],
  ['VGL-S12', 'no InstallServices', (e) => e.remove(X, 'InstallServices'), [`error ${X}`]],
  ['VGL-S12', 'no MsiConfigureServices', (e) => e.remove(X, 'MsiConfigureServices'), [`error ${X}`]],
  ['VGL-S13', 'a key path that is no executable', (e) => e.set('File', 'relay.exe', { FileName: 'relay.dll' }), ['error Component:Service:KeyPath']],
  ['VGL-S13', 'an executable in ProgramData', (e) => e.set('Component', 'Service', { Directory_: 'DATAFOLDER' }), ['warning Component:Service:Directory_']],
  ['VGL-S14', 'a name with a backslash', service({ Name: 'a\\b' }), [`${SERVICE}:Name`]],
  ['VGL-S14', 'a driver that starts at boot', service({ ServiceType: 1, StartType: 0 }), [`${SERVICE}:ServiceType`, `${SERVICE}:StartType`]],
  ['VGL-S14', 'a list without its end', service({ Dependencies: 'Tcpip' }), [`${SERVICE}:Dependencies`]],
  ['VGL-S14', 'a service that waits for itself', service({ Dependencies: 'acmerelay[~][~]' }), [`${SERVICE}:Dependencies`]],
  ['VGL-S15', 'a desktop', service({ ServiceType: 0x110 }), [`${SERVICE}:ServiceType`]],
  ['VGL-S16', 'a managed account with a password', service({ StartName: 'ACME\\relay$' }), [`${SERVICE}:Password`]],
  ['VGL-S16', 'LocalSystem with a password', service({ StartName: null }), [`${SERVICE}:Password`]],
  ['VGL-S16', 'a virtual account with a password', service({ StartName: 'NT SERVICE\\AcmeRelay' }), [`${SERVICE}:Password`]],
  ['VGL-S16', 'an account without its domain', service({ StartName: 'relay' }), [`${SERVICE}:StartName`]],
  ['VGL-S16', 'a user without a password', service({ StartName: '.\\relay', Password: null }), ['warning ServiceInstall:Relay:Password']],
  ['VGL-S17', 'a service that may be missing', service({ ErrorControl: 1 }), ['warning ServiceInstall:Relay:ErrorControl']],
  ...[1, 2, 5, 6, 17, 18, 21, 22, 34, 37, 38, 50, 53, 54].map((type): Case => ['VGL-S18', `code of type ${type}`, customAction(type), ['warning CustomAction:A:Type']]),
  ['VGL-S19', 'a folder that Users may write to', sddl('D:P(A;OICI;0x1301bf;;;BU)(A;;FA;;;SY)'), ['error MsiLockPermissionsEx:DataRights:SDDLText']],
  ['VGL-S19', 'a folder that Everyone may write to', sddl('D:P(A;OICI;GA;;;S-1-1-0)'), ['error MsiLockPermissionsEx:DataRights:SDDLText']],
  ['VGL-S19', 'a folder without a list', sddl('D:NO_ACCESS_CONTROL'), ['error MsiLockPermissionsEx:DataRights:SDDLText']],
  ['VGL-S19', 'Everyone in LockPermissions', (e) => e.remove('MsiLockPermissionsEx').add('LockPermissions', { LockObject: 'DATAFOLDER', Table: 'CreateFolder', User: 'Everyone', Permission: 0x10000000 }), ['error LockPermissions:DATAFOLDER/CreateFolder//Everyone:Permission']],
  ['VGL-S20', 'a service that users configure', (e) => e.set('MsiLockPermissionsEx', 'DataRights', { LockObject: 'Relay', Table: 'ServiceInstall', SDDLText: 'D:(A;;CCDCLCSWRP;;;AU)' }), ['error MsiLockPermissionsEx:DataRights:SDDLText']],
  ['VGL-S21', 'tables of a later version', (e) => e.summary({ pageCount: 200 }), ['error Summary:PageCount', 'error Summary:PageCount']],
  ['VGL-S22', 'a package per user', (e) => e.remove('Property', 'ALLUSERS'), ['error Property:ALLUSERS:Value']],
  ['VGL-S22', 'ALLUSERS=2', (e) => e.set('Property', 'ALLUSERS', { Value: '2' }), ['error Property:ALLUSERS:Value']],
  ['VGL-S23', 'an upgrade that forgets the password', (e) => e.set(X, 'DeleteServices', { Condition: 'VersionNT' }), ['warning ServiceInstall:Relay:Password']],
];

// biome-ignore format: one case a line
const accepted: readonly Case[] = [
  ['VGL-S01', 'a property that is no folder', service({ Arguments: 'service [SERVICEARGS] "[DATAFOLDER]."' }), []],
  ['VGL-S01', 'an image path in quotes', imagePath('#%"[INSTALLDIR]relay.exe" service'), []],
  ['VGL-S04', 'actions that do nothing', recovery('#x00000000000000000000000001000000140000000000000000000000'), []],
  ['VGL-S04', 'a count that is never reset', recovery('#xFFFFFFFF000000000000000001000000140000000100000060EA0000'), []],
  ['VGL-S07', 'recovery for a service in another spelling', (e) => e.set('Registry', 'Recovery', { Key: 'SYSTEM\\CurrentControlSet\\Services\\ACMERELAY' }), []],
  ['VGL-S08', 'a package without services', (e) => e.remove('ServiceInstall').remove('Registry', 'Messages'), []],
  ['VGL-S09', 'two rows that stop it', (e) => e.set('ServiceControl', 'Control', { Event: 1 + 2 + 128 }).add('ServiceControl', { ServiceControl: 'Other', Name: 'acmerelay', Event: 32, Component_: 'Service' }), []],
  ['VGL-S10', 'a deletion unless upgraded', (e) => e.set(X, 'DeleteServices', { Condition: 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE' }), []],
  ['VGL-S16', 'a managed account without a password', service({ StartName: 'ACME\\relay$', Password: null }), []],
  ['VGL-S16', 'NetworkService', service({ StartName: 'NT AUTHORITY\\NetworkService', Password: null }), []],
  ...[19, 35, 51].map((type): Case => ['VGL-S18', `data of type ${type}`, customAction(type), []]),
  ['VGL-S19', 'Users who read, and a denial', sddl('D:P(A;OICI;FRFX;;;BU)(D;;FA;;;WD)(A;OICI;FA;;;SY)'), []],
  ['VGL-S23', 'no password', service({ Password: null }), []],
];

describe('a package with', () => {
  test.each(broken)('%s: %s', (rule, _what, change, expected) => {
    expect(places(findingsOf(rule, change(new Edit()).database))).toEqual(expected);
  });
});

describe('no complaint about', () => {
  test.each(accepted)('%s: %s', (rule, _what, change) => {
    expect(places(findingsOf(rule, change(new Edit()).database))).toEqual([]);
  });
});

test('a password does not stand in the report', () => {
  const findings = findingsOf('VGL-S03', service({ Password: 'hunter2' })(new Edit()).database);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('every rule for services is broken by a test', () => {
  const tested = new Set(broken.map(([rule]) => rule));
  const own = rules.map(({ id }) => id).filter((id) => id.startsWith('VGL-'));
  expect(own.filter((id) => !tested.has(id))).toEqual([]);
});
