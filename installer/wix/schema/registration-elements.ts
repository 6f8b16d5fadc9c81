/** COM classes, type libraries, file types, published components. Source: WiX v3 schema reference. */
import { guid, id, integer, nonEmpty, oneOf, required, text, yesNo } from './attribute-types.ts';
import { type ElementDefinition, element } from './element-definition.ts';

const advertise = { Advertise: yesNo };
const iconIndex = integer(-32767, 32767);
const int32 = integer(0);

export const registrationElements: readonly ElementDefinition[] = [
  element('AppId', {
    attributes: {
      Id: required(guid),
      ...advertise,
      ActivateAtStorage: yesNo,
      Description: text,
      DllSurrogate: text,
      LocalService: text,
      RemoteServerName: text,
      RunAsInteractiveUser: yesNo,
      ServiceParameters: text,
    },
    children: ['Class'],
  }),
  element('Class', {
    attributes: {
      Id: required(guid),
      ...advertise,
      AppId: guid,
      Argument: text,
      Context: {
        wanted: 'one or more of InprocServer, InprocServer32, LocalServer, LocalServer32, separated by blanks',
        accepts: (value) => /^\s*(?:(?:Inproc|Local)Server(?:32)?(?:\s+|$))+$/.test(value),
      },
      Control: yesNo,
      Description: text,
      ForeignServer: text,
      Handler: text,
      Icon: id,
      IconIndex: iconIndex,
      Insertable: yesNo,
      Programmable: yesNo,
      RelativePath: yesNo,
      SafeForInitializing: yesNo,
      SafeForScripting: yesNo,
      Server: id,
      ShortPath: yesNo,
      ThreadingModel: oneOf('apartment', 'both', 'free', 'neutral', 'rental', 'single'),
      Version: text,
    },
    children: ['FileTypeMask', 'Interface', 'ProgId'],
  }),
  element('FileTypeMask', {
    attributes: { Mask: required(nonEmpty), Offset: required(int32), Value: required(nonEmpty) },
  }),
  element('Interface', {
    attributes: {
      Id: required(guid),
      BaseInterface: guid,
      Name: required(nonEmpty),
      NumMethods: int32,
      ProxyStubClassId: guid,
      ProxyStubClassId32: guid,
      Versioned: yesNo,
    },
  }),
  element('TypeLib', {
    attributes: {
      Id: required(guid),
      ...advertise,
      Control: yesNo,
      Cost: int32,
      Description: text,
      HasDiskImage: yesNo,
      HelpDirectory: id,
      Hidden: yesNo,
      Language: required(integer(0, 32767)),
      MajorVersion: integer(0, 65535),
      MinorVersion: integer(0, 255),
      ResourceId: integer(),
      Restricted: yesNo,
    },
    children: ['AppId', 'Class', 'Interface'],
  }),
  element('ProgId', {
    attributes: {
      Id: required(nonEmpty),
      ...advertise,
      Description: text,
      Icon: id,
      IconIndex: iconIndex,
      NoOpen: text,
    },
    children: ['Extension', 'ProgId'],
  }),
  element('Extension', {
    attributes: { Id: required(nonEmpty), ...advertise, ContentType: text },
    children: ['MIME', 'Verb'],
  }),
  element('MIME', { attributes: { ...advertise, Class: guid, ContentType: required(nonEmpty), Default: yesNo } }),
  element('Verb', {
    attributes: {
      Id: required(nonEmpty),
      Argument: text,
      Command: text,
      Sequence: integer(1, 32767),
      Target: text,
      TargetFile: id,
      TargetProperty: id,
    },
  }),
  element('Category', {
    attributes: { Id: required(guid), AppData: text, Feature: id, Qualifier: required(nonEmpty) },
  }),
];
