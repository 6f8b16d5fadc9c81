/** Component, ComponentRef, ComponentGroup and what decides a component's key path. */
import * as problem from '../diagnostics.ts';
import { canonicalGuid, identifierFromName } from '../generated-names.ts';
import type { GroupKind, KeyPath } from '../symbols.ts';
import { allowOnly } from './allow-only.ts';
import type { ElementNode } from './element-node.ts';
import type { ComponentDraft, LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

/** Bits of Component.Attributes. Source: Windows Installer "Component Table". */
const BITS: Readonly<Record<string, number>> = {
  SharedDllRefCount: 8,
  Permanent: 16,
  Transitive: 64,
  NeverOverwrite: 128,
  DisableRegistryReflection: 512,
  UninstallWhenSuperseded: 1024,
  Shared: 2048,
};
const LOCATION: Readonly<Record<string, number>> = { local: 0, source: 1, either: 2 };
const KEY_PATH_BITS: Readonly<Record<KeyPath['kind'], number>> = { directory: 0, file: 0, registry: 4, odbc: 32 };
const WIN64 = 256;

const lowerComponent: Lowering = (node, scope, context) => {
  const id = node.get('Id') ?? idOfKeyFile(node);
  const directory = node.get('Directory') ?? scope.directory;
  if (id === undefined || directory === undefined) {
    const wanted =
      id === undefined ? '"Id" is needed when no File gives one' : '"Directory" is needed outside of a Directory';
    context.report(problem.neededAttribute(node.span, 'Component', wanted));
    return;
  }
  if (node.has('Directory')) context.reference('Directory', directory, node.spanOf('Directory'));
  const win64 = node.yes('Win64', context.architecture !== 'x86');
  const draft: ComponentDraft = { id, directory, win64, condition: null, createsOwnFolder: false };
  if (node.yes('KeyPath')) draft.explicitKeyPath = { kind: 'directory' };
  context.define('Component', id, node.span);
  const diskId = node.integer('DiskId') ?? scope.diskId;
  context.lowerChildren(node, { ...scope, directory, component: draft, ...(diskId === undefined ? {} : { diskId }) });
  finish(node, draft, context);
  connect(node, id, scope, context);
};

function finish(node: ElementNode, draft: ComponentDraft, context: LowerContext): void {
  const keyPath: KeyPath = draft.explicitKeyPath ?? draft.possibleKeyPath ?? { kind: 'directory' };
  if (node.yes('KeyPath') && !draft.createsOwnFolder) {
    // Windows Installer removes an empty folder unless a row claims it (ICE18). As in WiX, only who asks for it gets it.
    context.row('CreateFolder', { Directory_: draft.directory, Component_: draft.id }, node.span);
  }
  const flags = Object.entries(BITS).reduce((bits, [name, bit]) => (node.yes(name) ? bits | bit : bits), 0);
  const guid = node.get('Guid') ?? '*';
  const complus = node.integer('ComPlusFlags');
  if (complus !== undefined) context.row('Complus', { Component_: draft.id, ExpType: complus }, node.span);
  if (guid === '')
    for (const name of ['Permanent', 'Shared'].filter((attribute) => node.yes(attribute)))
      context.report(problem.unusableCombination(node.spanOf(name), 'Component', `"${name}" needs a "Guid"`));
  const seed = node.orNull('ComponentGuidGenerationSeed');
  context.section.components.push({
    id: draft.id,
    guid: guid === '*' || guid === '' ? guid : canonicalGuid(guid),
    directory: draft.directory,
    attributes:
      flags |
      (LOCATION[node.get('Location') ?? 'local'] ?? 0) |
      KEY_PATH_BITS[keyPath.kind] |
      (draft.win64 ? WIN64 : 0),
    condition: draft.condition,
    keyPath,
    ...(seed === null ? {} : { guidSeed: seed }),
    span: node.span,
  });
}

/** Puts the component into the feature or group around it and the feature it names. */
function connect(node: ElementNode, id: string, scope: Scope, context: LowerContext): void {
  const child = { kind: 'Component', id } as const;
  if (scope.feature !== undefined) context.section.memberships.push({ parent: scope.feature, child, span: node.span });
  if (scope.componentGroup !== undefined) {
    context.section.memberships.push({
      parent: { kind: 'ComponentGroup', id: scope.componentGroup },
      child,
      span: node.span,
    });
  }
  const feature = node.get('Feature');
  if (feature === undefined) return;
  context.reference('Feature', feature, node.spanOf('Feature'));
  context.section.memberships.push({ parent: { kind: 'Feature', id: feature }, child, span: node.spanOf('Feature') });
}

function idOfKeyFile(node: ElementNode): string | undefined {
  const files = node.childrenNamed('File');
  const file = files.find((candidate) => candidate.yes('KeyPath')) ?? files[0];
  const name = file?.get('Id') ?? file?.get('Name') ?? file?.get('Source')?.split(/[\\/]/).at(-1);
  return name === undefined || name === '' ? undefined : identifierFromName(name);
}

const lowerComponentGroup: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  const directory = node.get('Directory');
  const fileSource = node.get('Source');
  context.define('ComponentGroup', id, node.span);
  context.reference('Directory', directory, node.spanOf('Directory'));
  context.lowerChildren(node, {
    ...scope,
    componentGroup: id,
    ...(directory === undefined ? {} : { directory }),
    ...(fileSource === undefined ? {} : { fileSource }),
  });
};

/** A reference that also makes its target a member of the feature or group around it. */
export function memberReference(kind: GroupKind | 'Component'): Lowering {
  return (node, scope, context) => {
    const id = node.need('Id');
    context.reference(kind, id, node.spanOf('Id'));
    const parent =
      scope.feature ??
      (scope.componentGroup === undefined ? undefined : { kind: 'ComponentGroup' as const, id: scope.componentGroup });
    if (parent !== undefined) context.section.memberships.push({ parent, child: { kind, id }, span: node.span });
  };
}

/** Records that a child can be, or is to be, the component's key path. */
export function offerKeyPath(
  node: ElementNode,
  keyPath: KeyPath,
  at: { readonly component: ComponentDraft; readonly context: LowerContext },
): void {
  const { component, context } = at;
  if (node.get('KeyPath') !== 'no') component.possibleKeyPath ??= keyPath;
  if (!node.yes('KeyPath')) return;
  if (component.explicitKeyPath !== undefined) context.report(problem.severalKeyPaths(node.span, component.id));
  else component.explicitKeyPath = keyPath;
}

export const componentLowerings: Lowerings = {
  Component: lowerComponent,
  ComponentRef: memberReference('Component'),
  ComponentGroup: lowerComponentGroup,
  ComponentGroupRef: memberReference('ComponentGroup'),
  'Component/Condition': (node, scope, context) => {
    allowOnly(node, [], context);
    if (node.condition === null)
      context.report(
        problem.neededAttribute(node.span, 'Condition', 'a component condition needs its expression as text'),
      );
    else if (scope.component !== undefined) scope.component.condition = node.condition;
  },
};
