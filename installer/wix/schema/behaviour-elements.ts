/** Properties, searches, custom actions, sequences and upgrades. Source: WiX v3 schema reference. */
import { standardActionsOf } from '../tables/standard-actions.ts';
import {
  type AttributeType,
  guid,
  id,
  integer,
  nonEmpty,
  oneOf,
  required,
  text,
  version,
  yesNo,
} from './attribute-types.ts';
import { type ElementDefinition, element } from './element-definition.ts';

const searches = [
  'ComplianceDrive',
  'ComponentSearch',
  'DirectorySearch',
  'DirectorySearchRef',
  'IniFileSearch',
  'RegistrySearch',
  'RegistrySearchRef',
];
const nestedSearches = ['DirectorySearch', 'DirectorySearchRef', 'FileSearch', 'FileSearchRef'];
const date: AttributeType = {
  wanted: 'a date and time such as 2024-05-06T07:08:10',
  accepts: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value) && Number(value.slice(0, 4)) >= 1980,
};
const schedule = { After: id, Before: id, Overridable: yesNo, Sequence: integer(-4, 32767), Suppress: yesNo };
const exits = { OnExit: oneOf('cancel', 'error', 'success', 'suspend') };
const setter = {
  Action: id,
  After: id,
  Before: id,
  Sequence: oneOf('both', 'execute', 'first', 'ui'),
  Value: required(text),
};

/** Element name of each sequence table: only one differs from the table's name. */
export const sequenceElements: Readonly<Record<string, string>> = {
  AdminExecuteSequence: 'AdminExecuteSequence',
  AdminUISequence: 'AdminUISequence',
  AdvertiseExecuteSequence: 'AdvtExecuteSequence',
  InstallExecuteSequence: 'InstallExecuteSequence',
  InstallUISequence: 'InstallUISequence',
};

const standardActionNames = [
  ...new Set(Object.values(sequenceElements).flatMap((table) => standardActionsOf(table).map(({ name }) => name))),
];

export const behaviourElements: readonly ElementDefinition[] = [
  element('Property', {
    attributes: {
      Id: required(id),
      Admin: yesNo,
      ComplianceCheck: yesNo,
      Hidden: yesNo,
      Secure: yesNo,
      SuppressModularization: yesNo,
      Value: text,
    },
    children: ['ProductSearch', ...searches],
    text: true,
  }),
  element('PropertyRef', { attributes: { Id: required(id) } }),
  element('RegistrySearch', {
    attributes: {
      Id: required(id),
      Key: required(nonEmpty),
      Name: text,
      Root: required(oneOf('HKCR', 'HKCU', 'HKLM', 'HKU')),
      Type: required(oneOf('directory', 'file', 'raw')),
      Win64: yesNo,
    },
    children: nestedSearches,
  }),
  element('RegistrySearchRef', { attributes: { Id: required(id) } }),
  element('DirectorySearch', {
    attributes: { Id: required(id), AssignToProperty: yesNo, Depth: integer(0, 32767), Path: text },
    children: nestedSearches,
  }),
  element('DirectorySearchRef', {
    attributes: { Id: required(id), Parent: id, Path: text },
    children: nestedSearches,
  }),
  element('FileSearch', {
    attributes: {
      Id: id,
      Languages: text,
      MaxDate: date,
      MaxSize: integer(0),
      MaxVersion: version,
      MinDate: date,
      MinSize: integer(0),
      MinVersion: version,
      Name: required(nonEmpty),
      ShortName: text,
    },
  }),
  element('FileSearchRef', { attributes: { Id: required(id) } }),
  element('IniFileSearch', {
    attributes: {
      Id: required(id),
      Field: integer(0, 32767),
      Key: required(nonEmpty),
      Name: required(nonEmpty),
      Section: required(nonEmpty),
      ShortName: text,
      Type: oneOf('directory', 'file', 'raw'),
    },
    children: nestedSearches,
  }),
  element('ProductSearch', {
    attributes: {
      ExcludeLanguages: yesNo,
      IncludeMaximum: yesNo,
      IncludeMinimum: yesNo,
      Language: text,
      Maximum: version,
      Minimum: version,
      UpgradeCode: required(guid),
    },
  }),
  element('ComplianceCheck', { children: searches }),
  element('ComplianceDrive', { children: ['DirectorySearch', 'DirectorySearchRef'] }),
  element('ComponentSearch', {
    attributes: { Id: required(id), Guid: required(guid), Type: oneOf('directory', 'file') },
    children: nestedSearches,
  }),
  element('CustomAction', {
    attributes: {
      Id: required(id),
      BinaryKey: id,
      Directory: id,
      DllEntry: text,
      Error: text,
      ExeCommand: text,
      Execute: oneOf(
        'commit',
        'deferred',
        'firstSequence',
        'immediate',
        'oncePerProcess',
        'rollback',
        'secondSequence',
      ),
      FileKey: id,
      HideTarget: yesNo,
      Impersonate: yesNo,
      JScriptCall: text,
      PatchUninstall: yesNo,
      Property: id,
      Return: oneOf('asyncNoWait', 'asyncWait', 'check', 'ignore'),
      Script: oneOf('jscript', 'vbscript'),
      SuppressModularization: yesNo,
      TerminalServerAware: yesNo,
      VBScriptCall: text,
      Value: text,
      Win64: yesNo,
    },
    text: true,
  }),
  element('CustomActionRef', { attributes: { Id: required(id) } }),
  element('SetProperty', { attributes: { Id: required(id), ...setter }, text: true }),
  element('SetDirectory', { attributes: { Id: required(id), ...setter }, text: true }),
  ...Object.entries(sequenceElements).map(([name, table]) =>
    element(name, {
      children: [
        'Custom',
        ...(table.endsWith('UISequence') ? ['Show'] : []),
        ...standardActionsOf(table).map((action) => action.name),
      ],
    }),
  ),
  element('Custom', { attributes: { Action: required(id), ...schedule, ...exits }, text: true }),
  element('Show', { attributes: { Dialog: required(id), ...schedule, ...exits }, text: true }),
  ...standardActionNames.map((name) => element(name, { attributes: schedule, text: true })),
  element('Upgrade', { attributes: { Id: required(guid) }, children: ['UpgradeVersion'] }),
  element('UpgradeVersion', {
    attributes: {
      ExcludeLanguages: yesNo,
      IgnoreRemoveFailure: yesNo,
      IncludeMaximum: yesNo,
      IncludeMinimum: yesNo,
      Language: text,
      Maximum: version,
      MigrateFeatures: yesNo,
      Minimum: version,
      OnlyDetect: yesNo,
      Property: required(id),
      RemoveFeatures: text,
    },
  }),
  element('MajorUpgrade', {
    attributes: {
      AllowDowngrades: yesNo,
      AllowSameVersionUpgrades: yesNo,
      Disallow: yesNo,
      DisallowUpgradeErrorMessage: text,
      DowngradeErrorMessage: text,
      IgnoreRemoveFailure: yesNo,
      MigrateFeatures: yesNo,
      RemoveFeatures: text,
      Schedule: oneOf(
        'afterInstallExecute',
        'afterInstallExecuteAgain',
        'afterInstallFinalize',
        'afterInstallInitialize',
        'afterInstallValidate',
      ),
    },
  }),
];
