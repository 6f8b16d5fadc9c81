/** Less usual things that a component installs: INI files, ODBC, reserved space. Source: WiX v3 schema reference. */
import { id, integer, nonEmpty, oneOf, path, required, text, yesNo } from './attribute-types.ts';
import { type ElementDefinition, element } from './element-definition.ts';

const odbcLibrary = { Id: required(id), File: id, Name: required(nonEmpty), SetupFile: id };

export const componentResources: readonly ElementDefinition[] = [
  element('IniFile', {
    attributes: {
      Id: required(id),
      Action: required(oneOf('addLine', 'addTag', 'createLine', 'removeLine', 'removeTag')),
      Directory: id,
      Key: required(nonEmpty),
      Name: required(nonEmpty),
      Section: required(nonEmpty),
      ShortName: text,
      Value: text,
    },
  }),
  element('ReserveCost', {
    attributes: {
      Id: required(id),
      Directory: id,
      RunFromSource: required(integer(0)),
      RunLocal: required(integer(0)),
    },
  }),
  element('IsolateComponent', { attributes: { Shared: required(id) } }),
  element('SymbolPath', { attributes: { Path: required(path) } }),
  element('AssemblyName', { attributes: { Id: required(nonEmpty), Value: required(text) } }),
  element('ODBCDataSource', {
    attributes: {
      Id: required(id),
      DriverName: required(nonEmpty),
      KeyPath: yesNo,
      Name: required(nonEmpty),
      Registration: required(oneOf('machine', 'user')),
    },
    children: ['Property'],
  }),
  element('ODBCDriver', { attributes: odbcLibrary, children: ['ODBCDataSource', 'Property'] }),
  element('ODBCTranslator', { attributes: odbcLibrary }),
  // Only the event source needs no code: it is registry values and nothing else.
  element('util:EventSource', {
    attributes: {
      CategoryCount: integer(1),
      CategoryMessageFile: text,
      EventMessageFile: required(nonEmpty),
      KeyPath: yesNo,
      Log: required(nonEmpty),
      Name: required(nonEmpty),
      ParameterMessageFile: text,
      SupportsErrors: yesNo,
      SupportsFailureAudits: yesNo,
      SupportsInformationals: yesNo,
      SupportsSuccessAudits: yesNo,
      SupportsWarnings: yesNo,
    },
  }),
];
