/** ODBC drivers, translators and data sources. */
import * as problem from '../diagnostics.ts';
import { offerKeyPath } from './component.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

/** ODBCDataSource.Registration. Source: Windows Installer "ODBCDataSource Table". */
const REGISTRATION: Readonly<Record<string, number>> = { machine: 0, user: 1 };

function lowerLibrary(table: 'ODBCDriver' | 'ODBCTranslator', key: string): Lowering {
  return (node, scope, context) => {
    const id = node.need('Id');
    const file = node.get('File') ?? scope.file;
    if (file === undefined)
      context.report(problem.neededAttribute(node.span, table, 'outside of a File, "File" is needed'));
    for (const attribute of ['File', 'SetupFile'])
      context.reference('File', node.get(attribute), node.spanOf(attribute));
    context.define(table, id, node.span);
    context.row(
      table,
      {
        [key]: id,
        Component_: scope.component?.id ?? '',
        Description: node.need('Name'),
        File_: file ?? null,
        File_Setup: node.get('SetupFile') ?? file ?? null,
      },
      node.span,
    );
    attributeRows(node, context, { table: 'ODBCAttribute', key: 'Driver_' });
    for (const child of node.childrenNamed('ODBCDataSource')) lowerDataSource(child, scope, context);
  };
}

const lowerDataSource: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  const { component } = scope;
  if (component === undefined) return;
  context.define('ODBCDataSource', id, node.span);
  context.row(
    'ODBCDataSource',
    {
      DataSource: id,
      Component_: component.id,
      Description: node.need('Name'),
      DriverDescription: node.need('DriverName'),
      Registration: REGISTRATION[node.need('Registration')] ?? 0,
    },
    node.span,
  );
  attributeRows(node, context, { table: 'ODBCSourceAttribute', key: 'DataSource_' });
  offerKeyPath(node, { kind: 'odbc', id }, { component, context });
};

function attributeRows(
  node: ElementNode,
  context: LowerContext,
  at: { readonly table: string; readonly key: string },
): void {
  for (const property of node.childrenNamed('Property')) {
    const cells = { [at.key]: node.need('Id'), Attribute: property.need('Id'), Value: property.orNull('Value') };
    context.row(at.table, cells, property.span);
  }
}

export const odbcLowerings: Lowerings = {
  ODBCDriver: lowerLibrary('ODBCDriver', 'Driver'),
  ODBCTranslator: lowerLibrary('ODBCTranslator', 'Translator'),
  ODBCDataSource: lowerDataSource,
  'ODBCDriver/Property': () => {},
  'ODBCDataSource/Property': () => {},
};
