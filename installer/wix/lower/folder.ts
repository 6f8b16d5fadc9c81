/** CreateFolder, RemoveFolder, RemoveFile. */
import * as problem from '../diagnostics.ts';
import type { ElementNode } from './element-node.ts';
import { fileName } from './file.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

/** RemoveFile.InstallMode. Source: Windows Installer "RemoveFile Table". */
const MODE: Readonly<Record<string, number>> = { install: 1, uninstall: 2, both: 3 };

const lowerCreateFolder: Lowering = (node, scope, context) => {
  const component = scope.component;
  if (component === undefined) return;
  const directory = node.get('Directory') ?? component.directory;
  if (node.has('Directory')) context.reference('Directory', directory, node.spanOf('Directory'));
  if (directory === component.directory) component.createsOwnFolder = true;
  context.row('CreateFolder', { Directory_: directory, Component_: component.id }, node.span);
  context.lowerChildren(node, { ...scope, directory, lockObject: { table: 'CreateFolder', id: directory } });
};

function removal(
  node: ElementNode,
  scope: Scope,
  at: { readonly context: LowerContext; readonly name: string | null },
): void {
  const { context, name } = at;
  if (node.has('Directory') && node.has('Property')) {
    context.report(problem.conflictingAttributes(node.span, node.name, ['Directory', 'Property']));
  }
  if (node.has('Directory')) context.reference('Directory', node.need('Directory'), node.spanOf('Directory'));
  context.define('RemoveFile', node.need('Id'), node.span);
  context.row(
    'RemoveFile',
    {
      FileKey: node.need('Id'),
      Component_: scope.component?.id ?? '',
      FileName: name,
      DirProperty: node.get('Property') ?? node.get('Directory') ?? scope.component?.directory ?? '',
      InstallMode: MODE[node.need('On')] ?? 0,
    },
    node.span,
  );
}

const lowerRemoveFile: Lowering = (node, scope, context) => {
  const name = node.need('Name');
  // A pattern such as *.log has no 8.3 form: Windows Installer matches it against both names.
  const column = /[*?]/.test(name)
    ? name
    : fileName(name, node.get('ShortName'), 'RemoveFile', scope.component?.id ?? '');
  removal(node, scope, { context, name: column });
};

export const folderLowerings: Lowerings = {
  CreateFolder: lowerCreateFolder,
  RemoveFolder: (node, scope, context) => removal(node, scope, { context, name: null }),
  RemoveFile: lowerRemoveFile,
};
