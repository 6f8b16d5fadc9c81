/** CopyFile: a copy of a file of this package (DuplicateFile), or of one that the machine has already (MoveFile). */
import * as problem from '../diagnostics.ts';
import { identifierFromName } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import { fileName } from './file.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

const SOURCES = ['SourceDirectory', 'SourceName', 'SourceProperty'];

const lowerCopyFile: Lowering = (node, scope, context) => {
  for (const pair of [
    ['SourceDirectory', 'SourceProperty'],
    ['DestinationDirectory', 'DestinationProperty'],
  ]) {
    if (pair.every((name) => node.has(name)))
      context.report(problem.conflictingAttributes(node.span, 'CopyFile', pair));
  }
  for (const attribute of ['SourceDirectory', 'DestinationDirectory'])
    context.reference('Directory', node.get(attribute), node.spanOf(attribute));
  const name = node.get('DestinationName');
  const id = node.get('Id') ?? (name === undefined ? undefined : identifierFromName(name));
  if (id === undefined) {
    context.report(problem.neededAttribute(node.span, 'CopyFile', '"Id" is needed without a "DestinationName"'));
    return;
  }
  const file = node.get('FileId') ?? scope.file;
  if (file === undefined) lowerMove(node, scope, { id, context });
  else lowerDuplicate(node, scope, { id, file, context });
};

function destination(node: ElementNode, scope: Scope) {
  const name = node.get('DestinationName');
  const component = scope.component?.id ?? '';
  return {
    DestName: name === undefined ? null : fileName(name, node.get('DestinationShortName'), 'CopyFile', component),
    DestFolder: node.orNull('DestinationDirectory') ?? node.orNull('DestinationProperty'),
  };
}

function lowerDuplicate(
  node: ElementNode,
  scope: Scope,
  { id, file, context }: { readonly id: string; readonly file: string; readonly context: LowerContext },
): void {
  context.reference('File', node.get('FileId'), node.spanOf('FileId'));
  for (const attribute of [...SOURCES, 'Delete'].filter((name) => node.has(name)))
    context.report(
      problem.unusableCombination(
        node.spanOf(attribute),
        'CopyFile',
        `"${attribute}" is for files that this package does not install`,
      ),
    );
  context.define('DuplicateFile', id, node.span);
  const cells = { FileKey: id, Component_: scope.component?.id ?? '', File_: file };
  context.row('DuplicateFile', { ...cells, ...destination(node, scope) }, node.span);
}

function lowerMove(
  node: ElementNode,
  scope: Scope,
  { id, context }: { readonly id: string; readonly context: LowerContext },
): void {
  if (!node.has('DestinationDirectory') && !node.has('DestinationProperty'))
    context.report(
      problem.neededAttribute(
        node.span,
        'CopyFile',
        'outside of a File, "FileId", "DestinationDirectory" or "DestinationProperty" is needed',
      ),
    );
  context.define('MoveFile', id, node.span);
  context.row(
    'MoveFile',
    {
      FileKey: id,
      Component_: scope.component?.id ?? '',
      SourceName: node.orNull('SourceName'),
      ...destination(node, scope),
      SourceFolder: node.orNull('SourceDirectory') ?? node.orNull('SourceProperty'),
      Options: node.yes('Delete') ? 1 : 0,
    },
    node.span,
  );
}

export const copyFileLowerings: Lowerings = { CopyFile: lowerCopyFile };
