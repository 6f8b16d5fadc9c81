/** Directories, components, features and their groups. Source: WiX v3 schema reference. */
import { componentGuid, featureId, id, integer, oneOf, path, required, text, yesNo } from './attribute-types.ts';
import { type ElementDefinition, element } from './element-definition.ts';

const featureChildren = [
  'Component',
  'ComponentGroupRef',
  'ComponentRef',
  'Feature',
  'FeatureGroup',
  'FeatureGroupRef',
  'FeatureRef',
];

const componentChildren = [
  'Condition',
  'CopyFile',
  'CreateFolder',
  'Environment',
  'File',
  'RegistryKey',
  'RegistryValue',
  'RemoveFile',
  'RemoveFolder',
  'RemoveRegistryKey',
  'RemoveRegistryValue',
  'ServiceConfig',
  'ServiceConfigFailureActions',
  'ServiceControl',
  'ServiceInstall',
  'Shortcut',
];

export const layoutElements: readonly ElementDefinition[] = [
  element('Directory', {
    attributes: {
      Id: id,
      ComponentGuidGenerationSeed: componentGuid,
      DiskId: integer(1, 32767),
      FileSource: path,
      Name: text,
      ShortName: text,
      ShortSourceName: text,
      SourceName: text,
    },
    children: ['Component', 'Directory'],
  }),
  element('DirectoryRef', {
    attributes: { Id: required(id), DiskId: integer(1, 32767), FileSource: path },
    children: ['Component', 'Directory'],
  }),
  element('Component', {
    attributes: {
      Id: id,
      ComponentGuidGenerationSeed: componentGuid,
      Directory: id,
      DisableRegistryReflection: yesNo,
      DiskId: integer(1, 32767),
      Feature: featureId,
      Guid: componentGuid,
      KeyPath: yesNo,
      Location: oneOf('either', 'local', 'source'),
      NeverOverwrite: yesNo,
      Permanent: yesNo,
      Shared: yesNo,
      SharedDllRefCount: yesNo,
      Transitive: yesNo,
      UninstallWhenSuperseded: yesNo,
      Win64: yesNo,
    },
    children: componentChildren,
  }),
  element('ComponentRef', { attributes: { Id: required(id), Primary: yesNo } }),
  element('ComponentGroup', {
    attributes: { Id: required(id), Directory: id, Source: path },
    children: ['Component', 'ComponentGroupRef', 'ComponentRef'],
  }),
  element('ComponentGroupRef', { attributes: { Id: required(id), Primary: yesNo } }),
  element('Feature', {
    attributes: {
      Id: required(featureId),
      Absent: oneOf('allow', 'disallow'),
      AllowAdvertise: oneOf('no', 'system', 'yes'),
      ConfigurableDirectory: id,
      Description: text,
      Display: {
        wanted: 'collapse, expand, hidden or an integer',
        accepts: (value) => /^(?:collapse|expand|hidden|\d{1,5})$/.test(value),
      },
      InstallDefault: oneOf('followParent', 'local', 'source'),
      Level: integer(0, 32767),
      Title: text,
      TypicalDefault: oneOf('advertise', 'install'),
    },
    children: [...featureChildren, 'Condition'],
  }),
  element('FeatureRef', { attributes: { Id: required(featureId), IgnoreParent: yesNo }, children: featureChildren }),
  element('FeatureGroup', { attributes: { Id: required(id) }, children: featureChildren }),
  element('FeatureGroupRef', { attributes: { Id: required(id), Primary: yesNo } }),
  element('Condition', {
    attributes: {
      Action: oneOf('default', 'disable', 'enable', 'hide', 'show'),
      Level: integer(0, 32767),
      Message: text,
    },
    text: true,
  }),
];
