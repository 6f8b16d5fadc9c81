/** Each ICE rule: a package that breaks it, with what is said, and near misses that it accepts. */
import { describe, expect, test } from 'vitest';
import type { MsiDatabase } from '../../installer/formats/msi/index.ts';
import { rules } from '../../installer/validate/index.ts';
import { Edit, findingsOf, places } from './support.ts';

type Case = readonly [rule: string, what: string, change: (edit: Edit) => Edit, expected: readonly string[]];

const executeRow = (action: string, sequence: number, condition: string | null = null) => ({
  Action: action,
  Sequence: sequence,
  Condition: condition,
});
const X = 'InstallExecuteSequence';
const CODE = '{5FF84F7A-3C5C-4A2F-9D8D-0A3F6A9E2A11}';
const OTHER = '{00000000-3C5C-4A2F-9D8D-0A3F6A9E2A11}';
const control = (name: string, next: string) => ({
  Dialog_: 'D',
  Control: name,
  Type: 'PushButton',
  X: 0,
  Y: 0,
  Width: 1,
  Height: 1,
  Control_Next: next,
});
const dialog = (edit: Edit) =>
  edit
    .add('Dialog', { Dialog: 'D', HCentering: 50, VCentering: 50, Width: 1, Height: 1, Control_First: 'A' })
    .add('Control', control('A', 'B'))
    .add('Control', control('B', 'A'));
const radioButton = (value: string, order: number) => ({
  Property: 'KIND',
  Order: order,
  Value: value,
  X: 0,
  Y: 0,
  Width: 1,
  Height: 1,
});
const radio = (edit: Edit) =>
  edit
    .set('Control', 'D/A', { Type: 'RadioButtonGroup', Property: 'KIND' })
    .add('RadioButton', radioButton('1', 1))
    .add('RadioButton', radioButton('2', 2));
const long = (length: number) => 'x'.repeat(length);

// biome-ignore format: one case a line
const broken: readonly Case[] = [
  ['ICE02', 'a key path of another component', (e) => e.set('Component', 'Config', { KeyPath: 'relay.exe' }), ['error Component:Config:KeyPath']],
  ['ICE02', 'a key path in the wrong table', (e) => e.set('Component', 'Config', { Attributes: 4 }), ['error Component:Config:KeyPath']],
  ['ICE03', 'a null where a value is needed', (e) => e.set('File', 'relay.exe', { FileName: null }), ['error File:relay.exe:FileName']],
  ['ICE03', 'a number out of range', (e) => e.set('ServiceInstall', 'Relay', { StartType: 9 }), ['error ServiceInstall:Relay:StartType']],
  ['ICE03', 'a value outside the set', (e) => e.set('RemoveFile', 'RemoveMenu', { InstallMode: 7 }), ['error RemoveFile:RemoveMenu:InstallMode']],
  ['ICE03', 'a text that is too long', (e) => e.set('ServiceInstall', 'Relay', { Description: long(256) }), ['warning ServiceInstall:Relay:Description']],
  ['ICE03', 'a foreign key to nothing', (e) => e.set('FeatureComponents', 'Main/Icons', { Component_: 'Nope' }), ['error FeatureComponents:Main/Nope:Component_']],
  ['ICE03', 'an id with a space', (e) => e.set('ServiceControl', 'Control', { ServiceControl: 'a b' }), ['error ServiceControl:a b:ServiceControl']],
  ['ICE03', 'a lower-case GUID', (e) => e.set('Component', 'Config', { ComponentId: '{1d0a8c86-8f6f-4c3c-8a45-5b6d0c4a2e02}' }), ['error Component:Config:ComponentId']],
  ['ICE03', 'a condition that is none', (e) => e.set(X, 'InstallServices', { Condition: 'VersionNT AND' }), [`error ${X}:InstallServices:Condition`]],
  ['ICE03', 'a long name without a short one', (e) => e.set('File', 'example.yaml', { FileName: 'relay example.yaml' }), ['error File:example.yaml:FileName']],
  ['ICE03', 'a key with a leading backslash', (e) => e.set('Registry', 'Retries', { Key: '\\SOFTWARE\\Acme' }), ['error Registry:Retries:Key']],
  ['ICE03', 'a version that is neither one nor a companion', (e) => e.set('File', 'relay.exe', { Version: 'one' }), ['error File:relay.exe:Version']],
  ['ICE03', 'an advertised shortcut without its feature', (e) => e.set('Shortcut', 'Help', { Target: 'Nope' }), ['error Shortcut:Help:Target']],
  ['ICE03', 'one primary key twice', (e) => e.add('Property', { Property: 'REBOOT', Value: 'Force' }).add('Property', { Property: 'REBOOT', Value: 'S' }), ['error Property:REBOOT']],
  ['ICE03', 'a table that nothing describes', (e) => e.table({ name: 'Odd', columns: [], rows: [] }), ['warning Odd']],
  ['ICE04', 'a file beyond the media', (e) => e.set('Media', '1', { LastSequence: 1 }), ['error File:relay.exe:Sequence']],
  ['ICE05', 'no manufacturer', (e) => e.remove('Property', 'Manufacturer'), ['error Property:Manufacturer']],
  ['ICE06', 'a described column that is missing', (e) => e.add('_Validation', { Table: 'File', Column: 'Odd', Nullable: 'Y' }), ['error _Validation:File/Odd:Column']],
  ['ICE08', 'one GUID for two components', (e) => e.set('Component', 'Config', { ComponentId: '{1D0A8C86-8F6F-4C3C-8A45-5B6D0C4A2E01}' }), ['error Component:Config:ComponentId']],
  ['ICE09', 'a component in the system folder', (e) => e.add('Directory', { Directory: 'System64Folder', Directory_Parent: 'TARGETDIR', DefaultDir: '.' }).set('Component', 'Config', { Directory_: 'System64Folder' }), ['warning Component:Config:Attributes']],
  ['ICE12', 'type 35 before CostFinalize', (e) => e.set(X, 'SetDATAFOLDER', { Sequence: 850 }), [`error ${X}:SetDATAFOLDER:Sequence`]],
  ['ICE12', 'type 51 on a folder after CostFinalize', (e) => e.add('CustomAction', { Action: 'Move', Type: 51, Source: 'INSTALLDIR', Target: 'C:\\x' }).add(X, executeRow('Move', 1010)), [`error ${X}:Move:Sequence`]],
  ['ICE13', 'a dialog in an execute sequence', (e) => e.add('Dialog', { Dialog: 'Welcome', HCentering: 50, VCentering: 50, Width: 1, Height: 1, Control_First: 'a' }).add(X, executeRow('Welcome', 20)), [`error ${X}:Welcome`]],
  ['ICE14', 'a feature that is its own parent', (e) => e.set('Feature', 'Main', { Feature_Parent: 'Main' }), ['error Feature:Main:Feature_Parent']],
  ['ICE14', 'a root that follows its parent', (e) => e.set('Feature', 'Main', { Attributes: 2 }), ['error Feature:Main:Attributes']],
  ['ICE16', 'a name of 64 characters', (e) => e.set('Property', 'ProductName', { Value: long(64) }), ['error Property:ProductName:Value']],
  ['ICE18', 'an empty folder as key path', (e) => e.remove('CreateFolder'), ['error Component:Data:KeyPath']],
  ['ICE21', 'a component without a feature', (e) => e.remove('FeatureComponents', 'Main/Config'), ['error Component:Config']],
  ['ICE23', 'a tab order with an end', (e) => dialog(e).set('Control', 'D/B', { Control_Next: null }), ['error Dialog:D:Control_First']],
  ['ICE23', 'a tab order that does not come back', (e) => dialog(e).set('Control', 'D/B', { Control_Next: 'B' }), ['error Dialog:D:Control_First']],
  ['ICE23', 'a first control that is missing', (e) => dialog(e).set('Dialog', 'D', { Control_First: 'C' }), ['error Dialog:D:Control_First']],
  ['ICE24', 'a version too large', (e) => e.set('Property', 'ProductVersion', { Value: '256.0.0' }), ['error Property:ProductVersion:Value']],
  ['ICE24', 'a product code in lower case', (e) => e.set('Property', 'ProductCode', { Value: '{6b1d5c0c-6c6b-4c27-9f5e-5b0c4c9e6f01}' }), ['error Property:ProductCode:Value']],
  ['ICE26', 'no FileCost', (e) => e.remove(X, 'FileCost'), [`error ${X}`]],
  ['ICE26', 'no execute sequence at all', (e) => e.remove(X), Array(7).fill(`error ${X}`)],
  ['ICE26', 'services in the user interface', (e) => e.add('InstallUISequence', executeRow('StopServices', 1250)), ['error InstallUISequence:StopServices']],
  ['ICE27', 'an unknown action', (e) => e.add(X, executeRow('Nope', 4100)), [`error ${X}:Nope`]],
  ['ICE27', 'services started before they are installed', (e) => e.set(X, 'StartServices', { Sequence: 5750 }), [`error ${X}:InstallServices:Sequence`, `error ${X}:MsiConfigureServices:Sequence`]],
  ['ICE27', 'files after the end', (e) => e.set(X, 'RegisterUser', { Sequence: 6700 }), [`error ${X}:RegisterUser:Sequence`]],
  ['ICE29', 'a stream name twice', (e) => e.add('Icon', { Name: long(70) }).add('Icon', { Name: `${long(70)}y` }), [`error Icon:${long(70)}y`]],
  ['ICE30', 'two files of one name', (e) => e.set('File', 'example.yaml', { FileName: 'RELAY.EXE' }), ['error File:relay.exe:FileName']],
  ['ICE30', 'two files of one short name', (e) => e.set('File', 'example.yaml', { FileName: 'relay.exe|other name.yaml' }), ['error File:relay.exe:FileName']],
  ['ICE31', 'a style that is missing', (e) => dialog(e).set('Control', 'D/A', { Text: '{&Big}Welcome' }), ['error Control:D/A:Text']],
  ['ICE31', 'a font that is missing', (e) => e.add('Property', { Property: 'DefaultUIFont', Value: 'Big' }), ['error Property:DefaultUIFont:Value']],
  ['ICE32', 'a foreign key of another size', (e) => e.set('_Validation', 'File/Language', { KeyTable: 'File', KeyColumn: 1 }), ['error _Validation:File/Language:KeyColumn']],
  ['ICE34', 'radio buttons without a default', (e) => radio(dialog(e)), ['error Control:D/A:Property']],
  ['ICE34', 'radio buttons with a default that is none of them', (e) => radio(dialog(e)).add('Property', { Property: 'KIND', Value: '3' }), ['error Control:D/A:Property']],
  ['ICE36', 'an unused icon', (e) => e.remove('Property', 'ARPPRODUCTICON'), ['warning Icon:relay.ico']],
  ['ICE38', 'a file in the profile as key path', (e) => e.set('Component', 'Config', { Directory_: 'MenuFolder' }), ['error Component:Config:KeyPath']],
  ['ICE39', 'a template without a language', (e) => e.summary({ template: 'x64' }), ['error Summary:Template']],
  ['ICE39', 'a package code that is none', (e) => e.summary({ revisionNumber: 'x' }), ['error Summary:RevisionNumber']],
  ['ICE39', 'UTF-8 in the summary', (e) => e.summary({ codePage: 65001 }), ['error Summary:Codepage']],
  ['ICE39', 'a word count of 16, and no page count', (e) => e.summary({ wordCount: 16, pageCount: 0 }), ['error Summary:PageCount', 'error Summary:WordCount']],
  ['ICE39', 'a compressed file in a compressed package', (e) => e.set('File', 'example.yaml', { Attributes: 0x4000 }), ['warning File:example.yaml:Attributes']],
  ['ICE43', 'a shortcut without a key path of the user', (e) => e.set('Component', 'Icons', { Attributes: 4, KeyPath: 'Retries' }), ['error Shortcut:Help:Component_']],
  ['ICE45', 'a reserved bit', (e) => e.set('ServiceControl', 'Control', { Event: 0xe3 }), ['error ServiceControl:Control:Event']],
  ['ICE46', 'a property in another spelling', (e) => e.set(X, 'RefuseBadStart', { Condition: 'ServiceAccount' }), [`warning ${X}:RefuseBadStart:Condition`]],
  ['ICE46', 'two properties that differ by case', (e) => e.add('Property', { Property: 'ServiceAccount', Value: 'x' }), ['warning Property:SERVICEACCOUNT', 'warning Property:ServiceAccount']],
  ['ICE47', 'a feature with 1601 components', (e) => Array.from({ length: 1596 }, (_, i) => i).reduce((edit, i) => edit.add('FeatureComponents', { Feature_: 'Main', Component_: `c${i}` }), e), ['error Feature:Main']],
  ['ICE48', 'a folder with a fixed path', (e) => e.add('Property', { Property: 'INSTALLDIR', Value: 'C:\\Acme' }), ['warning Property:INSTALLDIR:Value']],
  ['ICE52', 'a private property set by a search', (e) => e.set('AppSearch', 'DATADIR/FindDataDir', { Property: 'DataDir' }), ['warning AppSearch:DataDir/FindDataDir:Property']],
  ['ICE55', 'permissions on nothing', (e) => e.add('LockPermissions', { LockObject: 'Nope', Table: 'File', User: 'A', Permission: 1 }), ['error LockPermissions:Nope/File//A:LockObject']],
  ['ICE56', 'a second root', (e) => e.set('Directory', 'CommonAppDataFolder', { Directory_Parent: null }), ['error Directory:CommonAppDataFolder:Directory_Parent']],
  ['ICE56', 'a root that is not SourceDir', (e) => e.set('Directory', 'TARGETDIR', { DefaultDir: 'Root' }), ['error Directory:TARGETDIR:DefaultDir']],
  ['ICE57', 'a value of the user beside a file', (e) => e.set('Registry', 'Retries', { Root: 1, Component_: 'Config' }), ['error Component:Config']],
  ['ICE57', 'a value of either beside a file', (e) => e.set('Registry', 'Messages', { Root: -1, Component_: 'Config' }), ['error Component:Config']],
  ['ICE58', '81 media', (e) => Array.from({ length: 80 }, (_, i) => i + 2).reduce((edit, i) => edit.add('Media', { DiskId: i, LastSequence: 9 }), e), ['error Media']],
  ['ICE60', 'a version without a language', (e) => e.set('File', 'relay.exe', { Language: null }), ['warning File:relay.exe:Language']],
  ['ICE60', 'a version and a hash', (e) => e.add('MsiFileHash', { File_: 'relay.exe', Options: 0, HashPart1: 1, HashPart2: 2, HashPart3: 3, HashPart4: 4 }), ['warning MsiFileHash:relay.exe']],
  ['ICE61', 'an upgrade property that is not secure', (e) => e.set('Property', 'SecureCustomProperties', { Value: 'SERVICEACCOUNT' }), [`error Upgrade:${CODE}//1.2.3//1:ActionProperty`, `error Upgrade:${CODE}/1.2.3///2:ActionProperty`]],
  ['ICE61', 'removal of equal versions', (e) => e.add('Upgrade', { UpgradeCode: CODE, VersionMax: '1.2.3', Attributes: 0x200, ActionProperty: 'WIX_UPGRADE_DETECTED' }), [`error Upgrade:${CODE}//1.2.3//512:ActionProperty`, `warning Upgrade:${CODE}//1.2.3//512:VersionMax`]],
  ['ICE61', 'a range upside down', (e) => e.add('Upgrade', { UpgradeCode: OTHER, VersionMin: '2.0', VersionMax: '1.0', Attributes: 0, ActionProperty: 'low' }), ['ActionProperty', 'ActionProperty', 'VersionMax'].map((column) => `error Upgrade:${OTHER}/2.0/1.0//0:${column}`)],
  ['ICE63', 'removal before validation', (e) => e.set(X, 'RemoveExistingProducts', { Sequence: 1100 }), [`error ${X}:RemoveExistingProducts:Sequence`]],
  ['ICE63', 'removal in the midst of the script', (e) => e.set(X, 'RemoveExistingProducts', { Sequence: 4100 }), [`warning ${X}:RemoveExistingProducts:Sequence`]],
  ['ICE64', 'a folder of the profile that stays', (e) => e.remove('RemoveFile'), ['error Directory:MenuFolder']],
  ['ICE65', 'two separators', (e) => e.set('Environment', 'RelayPath', { Value: '[~];[INSTALLDIR];' }), ['error Environment:RelayPath:Value']],
  ['ICE65', 'a letter as separator', (e) => e.set('Environment', 'RelayPath', { Value: '[~]e[INSTALLDIR]' }), ['warning Environment:RelayPath:Value']],
  ['ICE65', 'a prefix twice', (e) => e.set('Environment', 'RelayPath', { Name: '==PATH' }), ['error Environment:RelayPath:Name']],
  ['ICE68', 'a type that does not exist', (e) => e.add('CustomAction', { Action: 'Odd', Type: 3 }), ['error CustomAction:Odd:Type']],
  ['ICE68', 'an immediate action that asks for elevation', (e) => e.add('CustomAction', { Action: 'Odd', Type: 51 + 0x800, Source: 'A', Target: 'b' }), ['warning CustomAction:Odd:Type']],
  ['ICE69', 'a file of another component', (e) => e.set('Registry', 'Messages', { Value: '#%[#relay.exe]' }), ['warning Registry:Messages:Value']],
  ['ICE69', 'a component that does not exist', (e) => e.set('Registry', 'Messages', { Value: '#%[$Nope]' }), ['error Registry:Messages:Value']],
  ['ICE70', 'a number that is none', (e) => e.set('Registry', 'Retries', { Value: '#five' }), ['error Registry:Retries:Value']],
  ['ICE71', 'no first medium', (e) => e.set('Media', '1', { DiskId: 2 }), ['error Media:DiskId']],
  ['ICE72', 'code while advertising', (e) => e.add('CustomAction', { Action: 'Run', Type: 18, Source: 'relay.exe' }).add('AdvtExecuteSequence', executeRow('Run', 1200)), ['error AdvtExecuteSequence:Run']],
  ['ICE75', 'an installed program before costing', (e) => e.add('CustomAction', { Action: 'Run', Type: 18, Source: 'relay.exe' }).add(X, executeRow('Run', 600)), [`error ${X}:Run:Sequence`]],
  ['ICE77', 'a deferred action outside the script', (e) => e.add('CustomAction', { Action: 'Run', Type: 18 + 0x400, Source: 'relay.exe' }).add(X, executeRow('Run', 1450)), [`error ${X}:Run:Sequence`]],
  ['ICE79', 'a component that does not exist', (e) => e.set(X, 'InstallServices', { Condition: '$Nope>2' }), [`error ${X}:InstallServices:Condition`]],
  ['ICE79', 'a feature that does not exist', (e) => e.set(X, 'InstallServices', { Condition: '&Nope=3' }), [`error ${X}:InstallServices:Condition`]],
  ['ICE80', '64-bit components in a 32-bit package', (e) => e.summary({ template: 'Intel;1033' }), [...['Service', 'Config', 'Settings', 'Icons', 'Data'].map((id) => `error Component:${id}:Attributes`), 'error RegLocator:FindDataDir:Type', 'error Directory:ProgramFiles64Folder']],
  ['ICE80', 'another language than the template', (e) => e.set('Property', 'ProductLanguage', { Value: '1031' }), ['error Summary:Template']],
  ['ICE80', 'x64 with an old schema', (e) => e.summary({ pageCount: 110 }), ['error Summary:PageCount']],
  ['ICE80', 'a 32-bit component in a 64-bit folder', (e) => e.set('Component', 'Config', { Attributes: 0 }), ['error Component:Config:Directory_']],
  ['ICE82', 'half a registration', (e) => e.remove(X, 'RegisterUser'), [`error ${X}`]],
  ['ICE82', 'one number twice', (e) => e.set(X, 'RegisterUser', { Sequence: 6100 }), [`warning ${X}:RegisterProduct:Sequence`]],
  ['ICE84', 'a condition on a core action', (e) => e.set(X, 'InstallFinalize', { Condition: 'A' }), [`warning ${X}:InstallFinalize:Condition`]],
  ['ICE86', 'AdminUser', (e) => e.set(X, 'RefuseBadStart', { Condition: 'NOT AdminUser' }), [`warning ${X}:RefuseBadStart:Condition`]],
  ['ICE87', 'ADDLOCAL in the package', (e) => e.add('Property', { Property: 'ADDLOCAL', Value: 'ALL' }), ['warning Property:ADDLOCAL']],
  ['ICE91', 'a file in the profile of one user', (e) => e.add('Directory', { Directory: 'AppDataFolder', Directory_Parent: 'TARGETDIR', DefaultDir: '.' }).set('Component', 'Config', { Directory_: 'AppDataFolder' }), ['warning File:example.yaml']],
  ['ICE92', 'a permanent component without a GUID', (e) => e.set('Component', 'Data', { ComponentId: null }), ['error Component:Data:Attributes']],
  ['ICE93', 'a custom action called InstallFiles', (e) => e.add('CustomAction', { Action: 'InstallFiles', Type: 51, Source: 'A', Target: 'b' }), ['error CustomAction:InstallFiles']],
  ['ICE96', 'advertising without publishing', (e) => e.remove('AdvtExecuteSequence', 'PublishProduct'), ['warning AdvtExecuteSequence']],
  ['ICE99', 'a folder called REMOVE', (e) => e.add('Directory', { Directory: 'REMOVE', Directory_Parent: 'TARGETDIR', DefaultDir: '.' }), ['error Directory:REMOVE']],
  ['ICE101', 'an id of 39 characters', (e) => e.set('Feature', 'Main', { Feature: long(39) }), [`error Feature:${long(39)}:Feature`]],
  ['ICE102', 'delayed start 2', (e) => e.set('MsiServiceConfig', 'Config.DS', { Argument: '2' }), ['error MsiServiceConfig:Config.DS:Argument']],
  ['ICE102', 'an unknown kind, at no time', (e) => e.set('MsiServiceConfig', 'Config.DS', { ConfigType: 9, Event: 0 }), ['error MsiServiceConfig:Config.DS:Event', 'error MsiServiceConfig:Config.DS:ConfigType']],
  ['ICE102', 'two actions with one delay, never reset', (e) => e.add('MsiServiceConfigFailureActions', { MsiServiceConfigFailureActions: 'F', Name: 'AcmeRelay', Event: 1, Actions: '1[~]1', DelayActions: '5000', Component_: 'Service' }), ['error MsiServiceConfigFailureActions:F:DelayActions', 'warning MsiServiceConfigFailureActions:F:ResetPeriod']],
  ['ICE104', 'both tables', (e) => e.add('LockPermissions', { LockObject: 'relay.exe', Table: 'File', User: 'A', Permission: 1 }), ['error LockPermissions']],
  ['ICE104', 'SDDL that is none, on nothing', (e) => e.set('MsiLockPermissionsEx', 'DataRights', { SDDLText: 'D:(A;;XX;;;BA)', LockObject: 'Nope' }), ['error MsiLockPermissionsEx:DataRights:LockObject', 'error MsiLockPermissionsEx:DataRights:SDDLText']],
  ['ICE105', 'a service without elevation', (e) => e.summary({ wordCount: 10 }), ['error ServiceInstall:Relay', 'error Registry:Retries', 'error Registry:Recovery', 'error Registry:Messages']],
];

// biome-ignore format: one case a line
const accepted: readonly Case[] = [
  ['ICE23', 'a dialog whose tab order is a circle', dialog, []],
  ['ICE23', 'a dialog with one control', (e) => dialog(e).remove('Control', 'D/B').set('Control', 'D/A', { Control_Next: null }), []],
  ['ICE34', 'radio buttons with a default', (e) => radio(dialog(e)).add('Property', { Property: 'KIND', Value: '2' }), []],
  ['ICE03', 'a companion file instead of a version', (e) => e.set('File', 'example.yaml', { Version: 'relay.exe' }), []],
  ['ICE03', 'a table of its own that _Validation describes', (e) => e.add('Binary', { Name: 'A' }).remove('Binary', 'A'), []],
  ['ICE16', 'a name of 63 characters', (e) => e.set('Property', 'ProductName', { Value: long(63) }), []],
  ['ICE12', 'type 51 on a folder before CostFinalize', (e) => e.add('CustomAction', { Action: 'Move', Type: 51, Source: 'INSTALLDIR', Target: 'x' }).add(X, executeRow('Move', 750)), []],
  ['ICE30', 'one name in two folders', (e) => e.set('File', 'example.yaml', { FileName: 'relay.exe' }).set('Component', 'Config', { Directory_: 'DATAFOLDER' }), []],
  ['ICE61', 'detection of equal versions', (e) => e.add('Upgrade', { UpgradeCode: CODE, Attributes: 2, ActionProperty: 'WIX_X' }).set('Property', 'SecureCustomProperties', { Value: 'WIX_X;WIX_UPGRADE_DETECTED;WIX_DOWNGRADE_DETECTED' }), []],
  ['ICE63', 'removal between validation and initialization', (e) => e.set(X, 'RemoveExistingProducts', { Sequence: 1450 }), []],
  ['ICE63', 'removal after the end', (e) => e.set(X, 'RemoveExistingProducts', { Sequence: 6700 }), []],
  ['ICE70', 'a property as number, a doubled sign', (e) => e.set('Registry', 'Retries', { Value: '#[RETRIES]' }).set('Registry', 'Messages', { Value: '##general' }), []],
  ['ICE77', 'a deferred action inside the script', (e) => e.add('CustomAction', { Action: 'Run', Type: 18 + 0x400, Source: 'relay.exe' }).add(X, executeRow('Run', 4100)), []],
  ['ICE82', 'two dialogs at the end', (e) => e.add('InstallUISequence', executeRow('A', -1)).add('InstallUISequence', executeRow('B', -1)), []],
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

test('every ICE rule is broken by a test', () => {
  const tested = new Set(broken.map(([rule]) => rule));
  const ice = rules.map(({ id }) => id).filter((id) => id.startsWith('ICE'));
  expect(ice.filter((id) => !tested.has(id))).toEqual([]);
});

test('findings hold for a database without _Validation too', () => {
  const database: MsiDatabase = new Edit()
    .dropTable('_Validation')
    .set('File', 'relay.exe', { FileName: null }).database;
  expect(places(findingsOf('ICE03', database))).toEqual(['error File:relay.exe:FileName']);
});
