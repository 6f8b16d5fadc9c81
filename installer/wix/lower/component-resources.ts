/** IniFile, ReserveCost, IsolateComponent, SymbolPath, AssemblyName and the event source of the util extension. */
import * as problem from '../diagnostics.ts';
import { offerKeyPath } from './component.ts';
import { fileName } from './file.ts';
import type { Lowering, Lowerings } from './lower-context.ts';
import { registryId } from './registry.ts';

/** IniFile.Action and RemoveIniFile.Action. Source: the Windows Installer pages of these tables. */
const ACTIONS: Readonly<Record<string, number>> = { addLine: 0, createLine: 1, removeLine: 2, addTag: 3, removeTag: 4 };

const lowerIniFile: Lowering = (node, scope, context) => {
  const component = scope.component?.id ?? '';
  const action = node.need('Action');
  const removes = action.startsWith('remove');
  const table = removes ? 'RemoveIniFile' : 'IniFile';
  if (!removes && !node.has('Value'))
    context.report(problem.neededAttribute(node.span, 'IniFile', `"Value" is needed with Action="${action}"`));
  context.define(table, node.need('Id'), node.span);
  context.row(
    table,
    {
      [table]: node.need('Id'),
      FileName: fileName(node.need('Name'), node.get('ShortName'), 'IniFile', component),
      DirProperty: node.orNull('Directory'),
      Section: node.need('Section'),
      Key: node.need('Key'),
      Value: node.orNull('Value'),
      Action: ACTIONS[action] ?? 0,
      Component_: component,
    },
    node.span,
  );
};

const lowerReserveCost: Lowering = (node, scope, context) => {
  context.reference('Directory', node.get('Directory'), node.spanOf('Directory'));
  context.define('ReserveCost', node.need('Id'), node.span);
  context.row(
    'ReserveCost',
    {
      ReserveKey: node.need('Id'),
      Component_: scope.component?.id ?? '',
      ReserveFolder: node.get('Directory') ?? scope.component?.directory ?? null,
      ReserveLocal: node.integer('RunLocal') ?? 0,
      ReserveSource: node.integer('RunFromSource') ?? 0,
    },
    node.span,
  );
};

const HKLM = 2;
/** TypesSupported. Source: Windows "Event Sources". */
const TYPES: Readonly<Record<string, number>> = {
  SupportsErrors: 1,
  SupportsWarnings: 2,
  SupportsInformationals: 4,
  SupportsSuccessAudits: 8,
  SupportsFailureAudits: 16,
};

const lowerEventSource: Lowering = (node, scope, context) => {
  const { component } = scope;
  if (component === undefined) return;
  const key = `SYSTEM\\CurrentControlSet\\Services\\EventLog\\${node.need('Log')}\\${node.need('Name')}`;
  const add = (name: string, value: string): string => {
    const id = registryId(component.id, { root: HKLM, key, name });
    context.define('Registry', id, node.span);
    const cells = { Registry: id, Root: HKLM, Key: key, Name: name, Value: value, Component_: component.id };
    context.row('Registry', cells, node.span);
    return id;
  };
  const id = add('EventMessageFile', `#%${node.need('EventMessageFile')}`);
  offerKeyPath(node, { kind: 'registry', id, root: HKLM, key, name: 'EventMessageFile' }, { component, context });
  if (node.has('CategoryCount') !== node.has('CategoryMessageFile'))
    context.report(
      problem.neededAttribute(node.span, node.name, '"CategoryCount" and "CategoryMessageFile" are needed together'),
    );
  if (node.has('CategoryCount')) add('CategoryCount', `#${node.integer('CategoryCount')}`);
  for (const name of ['CategoryMessageFile', 'ParameterMessageFile'])
    if (node.has(name)) add(name, `#%${node.need(name)}`);
  const types = Object.entries(TYPES).reduce((bits, [name, bit]) => (node.yes(name) ? bits | bit : bits), 0);
  if (types !== 0) add('TypesSupported', `#${types}`);
};

export const componentResourceLowerings: Lowerings = {
  IniFile: lowerIniFile,
  ReserveCost: lowerReserveCost,
  IsolateComponent: (node, scope, context) => {
    const shared = node.need('Shared');
    context.reference('Component', shared, node.spanOf('Shared'));
    const cells = { Component_Shared: shared, Component_Application: scope.component?.id ?? '' };
    context.row('IsolatedComponent', cells, node.span);
  },
  // Where to find symbols is for makers of patches: an MSI has no place for it.
  SymbolPath: () => {},
  AssemblyName: (node, scope, context) => {
    const cells = { Component_: scope.component?.id ?? '', Name: node.need('Id'), Value: node.need('Value') };
    context.row('MsiAssemblyName', cells, node.span);
  },
  'util:EventSource': lowerEventSource,
};
