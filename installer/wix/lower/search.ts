/** Searches that set a property at start: RegistrySearch, DirectorySearch, FileSearch, ComponentSearch. */
import * as problem from '../diagnostics.ts';
import { canonicalGuid, generatedId } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';
import { registryRoot } from './registry.ts';

/** RegLocator.Type. Source: Windows Installer "RegLocator Table". */
const LOCATOR: Readonly<Record<string, number>> = { directory: 0, file: 1, raw: 2 };
const WIN64 = 16;

/** Ties the innermost signature of a search to the property around it. */
function appSearch(
  node: ElementNode,
  scope: Scope,
  at: { readonly context: LowerContext; readonly signature: string },
): void {
  if (scope.property === undefined) return;
  at.context.section.ensuredTables.push({ table: 'Signature', span: node.span });
  at.context.row('AppSearch', { Property: scope.property, Signature_: at.signature }, node.span);
}

const lowerRegistrySearch: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  const type = (LOCATOR[node.need('Type')] ?? 2) | (node.yes('Win64', context.architecture !== 'x86') ? WIN64 : 0);
  const files = node.childrenNamed('FileSearch');
  if (files.length > 0 && node.get('Type') !== 'file') {
    context.report(problem.unusableCombination(node.span, 'RegistrySearch', 'a FileSearch in it needs Type="file"'));
  }
  context.define('RegLocator', id, node.span);
  context.row(
    'RegLocator',
    {
      Signature_: id,
      Root: registryRoot(node.need('Root')),
      Key: node.need('Key'),
      Name: node.orNull('Name'),
      Type: type,
    },
    node.span,
  );
  appSearch(node, scope, { context, signature: id });
  context.lowerChildren(node, { ...scope, signature: id });
};

const lowerDirectorySearch: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  const nested = node.children[0];
  const signature = nested?.name === 'FileSearch' ? fileSignature(nested, scope, id) : id;
  if (node.children.length > 1) {
    context.report(
      problem.unusableCombination(node.span, 'DirectorySearch', 'it holds several searches, at most one is allowed'),
    );
  }
  context.define('DrLocator', signature, node.span);
  context.row(
    'DrLocator',
    {
      Signature_: signature,
      Parent: scope.signature ?? null,
      Path: node.orNull('Path'),
      Depth: node.integer('Depth') ?? null,
    },
    node.span,
  );
  // A nested directory search gives the property its value, so only the innermost is tied to it.
  if (nested?.name !== 'DirectorySearch') appSearch(node, scope, { context, signature });
  context.lowerChildren(node, { ...scope, signature });
};

function fileSignature(node: ElementNode, scope: Scope, fallback: string): string {
  return node.get('Id') ?? generatedId('fs', scope.property, fallback, node.need('Name'));
}

const lowerFileSearch: Lowering = (node, scope, context) => {
  const signature = scope.signature ?? node.get('Id') ?? '';
  context.define('Signature', signature, node.span);
  context.row(
    'Signature',
    {
      Signature: signature,
      FileName: node.need('Name'),
      MinVersion: node.orNull('MinVersion'),
      MaxVersion: node.orNull('MaxVersion'),
      MinSize: node.integer('MinSize') ?? null,
      MaxSize: node.integer('MaxSize') ?? null,
      MinDate: null,
      MaxDate: null,
      Languages: node.orNull('Languages'),
    },
    node.span,
  );
};

const lowerComponentSearch: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  context.define('CompLocator', id, node.span);
  context.row(
    'CompLocator',
    { Signature_: id, ComponentId: canonicalGuid(node.need('Guid')), Type: node.get('Type') === 'directory' ? 0 : 1 },
    node.span,
  );
  appSearch(node, scope, { context, signature: id });
};

export const searchLowerings: Lowerings = {
  RegistrySearch: lowerRegistrySearch,
  DirectorySearch: lowerDirectorySearch,
  FileSearch: lowerFileSearch,
  ComponentSearch: lowerComponentSearch,
};
