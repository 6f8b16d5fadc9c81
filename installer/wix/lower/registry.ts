/** RegistryKey, RegistryValue and what removes them. */
import * as problem from '../diagnostics.ts';
import { generatedId } from '../generated-names.ts';
import { offerKeyPath } from './component.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

/** Registry.Root. Source: Windows Installer "Registry Table". */
const ROOTS: Readonly<Record<string, number>> = { HKMU: -1, HKCR: 0, HKCU: 1, HKLM: 2, HKU: 3 };

export function registryRoot(name: string): number {
  return ROOTS[name] ?? 2;
}

/** Identifier that WiX gives a registry row without one. Key and name count in lower case. */
export function registryId(component: string, at: { root: number; key: string; name: string | null }): string {
  return generatedId(
    'reg',
    component,
    String(at.root),
    at.key.toLowerCase(),
    at.name === null ? '' : at.name.toLowerCase(),
  );
}

/** Root and full key of an element, taking in those of the RegistryKey around it; undefined, and reported, without a root. */
function place(
  node: ElementNode,
  scope: Scope,
  context: LowerContext,
): { root: number; key: string; rootName: string } | undefined {
  const rootName = node.get('Root') ?? scope.registry?.root;
  if (node.has('Root') && scope.registry !== undefined) {
    context.report(
      problem.unusableCombination(
        node.spanOf('Root'),
        node.name,
        '"Root" is that of the RegistryKey around it and cannot be given again',
      ),
    );
  }
  if (rootName === undefined) {
    context.report(problem.neededAttribute(node.span, node.name, '"Root" is needed outside of a RegistryKey'));
    return undefined;
  }
  const key = [scope.registry?.key, node.get('Key')].filter((part) => part !== undefined && part !== '').join('\\');
  if (key !== '') return { root: registryRoot(rootName), key, rootName };
  context.report(problem.neededAttribute(node.span, node.name, '"Key" is needed outside of a RegistryKey'));
  return undefined;
}

/** What the Name column says about a whole key: create it, remove it with the component, or both. */
function keyMark(node: ElementNode): '+' | '-' | '*' | undefined {
  const action = node.get('Action');
  const create = node.yes('ForceCreateOnInstall') || action === 'create' || action === 'createAndRemoveOnUninstall';
  const remove = node.yes('ForceDeleteOnUninstall') || action === 'createAndRemoveOnUninstall';
  if (create) return remove ? '*' : '+';
  return remove ? '-' : undefined;
}

const lowerRegistryKey: Lowering = (node, scope, context) => {
  const at = place(node, scope, context);
  const component = scope.component?.id ?? '';
  if (at === undefined) return;
  const mark = keyMark(node);
  const id = node.get('Id') ?? registryId(component, { ...at, name: mark ?? null });
  if (mark !== undefined) {
    context.define('Registry', id, node.span);
    context.row(
      'Registry',
      { Registry: id, Root: at.root, Key: at.key, Name: mark, Value: null, Component_: component },
      node.span,
    );
  }
  if (mark === undefined && node.children.some(({ name }) => name.startsWith('Permission'))) {
    const wanted = 'permissions on a key need "ForceCreateOnInstall" or "ForceDeleteOnUninstall", which gives it a row';
    context.report(problem.neededAttribute(node.span, 'RegistryKey', wanted));
  }
  context.lowerChildren(node, {
    ...scope,
    registry: { root: at.rootName, key: at.key },
    lockObject: { table: 'Registry', id },
  });
};

const lowerRegistryValue: Lowering = (node, scope, context) => {
  const at = place(node, scope, context);
  const { component } = scope;
  if (at === undefined || component === undefined) return;
  const name = node.orNull('Name');
  const id = node.get('Id') ?? registryId(component.id, { ...at, name });
  const value = encodeValue(node, context);
  context.define('Registry', id, node.span);
  context.row(
    'Registry',
    { Registry: id, Root: at.root, Key: at.key, Name: name, Value: value, Component_: component.id },
    node.span,
  );
  offerKeyPath(node, { kind: 'registry', id, root: at.root, key: at.key, name: name ?? '' }, { component, context });
  context.lowerChildren(node, { ...scope, lockObject: { table: 'Registry', id } });
};

/** The Value column: a prefix tells the type. Source: Windows Installer "Registry Table". */
function encodeValue(node: ElementNode, context: LowerContext): string | null {
  const type = node.get('Type') ?? (node.childrenNamed('MultiStringValue').length > 0 ? 'multiString' : 'string');
  const value = node.get('Value') ?? '';
  if (type === 'multiString') return multiString(node, value);
  if (node.childrenNamed('MultiStringValue').length > 0) {
    context.report(
      problem.unusableCombination(
        node.span,
        'RegistryValue',
        `MultiStringValue elements need Type="multiString", not "${type}"`,
      ),
    );
  }
  if (type === 'integer') {
    if (!/^(?:[+-]?\d+|.*\[.+\].*)$/.test(value))
      context.report(notA(node, 'integer', 'a decimal integer or a formatted text'));
    return `#${value}`;
  }
  if (type === 'binary') {
    if (!/^(?:(?:[0-9A-Fa-f]{2})*|.*\[.+\].*)$/.test(value))
      context.report(notA(node, 'binary', 'pairs of hexadecimal digits'));
    return `#x${value}`;
  }
  if (type === 'expandable') return `#%${value}`;
  return value.startsWith('#') ? `#${value}` : value || null;
}

function notA(node: ElementNode, type: string, wanted: string) {
  return problem.badAttributeValue(node.spanOf('Value'), {
    element: `RegistryValue[Type="${type}"]`,
    attribute: 'Value',
    value: node.get('Value') ?? '',
    wanted,
  });
}

function multiString(node: ElementNode, value: string): string {
  const parts = node.has('Value') ? [value] : node.childrenNamed('MultiStringValue').map((child) => child.text);
  const joined = parts.join('[~]');
  const action = node.get('Action');
  if (action === 'append') return `[~]${joined}`;
  if (action === 'prepend') return `${joined}[~]`;
  // A single part needs both marks to be a list at all; with several, the separators between them say so.
  return joined.includes('[~]') ? joined : `[~]${joined}[~]`;
}

const lowerRemoveKey: Lowering = (node, scope, context) => {
  const at = { root: registryRoot(node.need('Root')), key: node.need('Key') };
  const component = scope.component?.id ?? '';
  const onInstall = node.get('Action') === 'removeOnInstall';
  const id = node.get('Id') ?? registryId(component, { ...at, name: '-' });
  const shared = { Root: at.root, Key: at.key, Name: '-', Component_: component };
  context.define(onInstall ? 'RemoveRegistry' : 'Registry', id, node.span);
  if (onInstall) context.row('RemoveRegistry', { RemoveRegistry: id, ...shared }, node.span);
  else context.row('Registry', { Registry: id, ...shared, Value: null }, node.span);
};

const lowerRemoveValue: Lowering = (node, scope, context) => {
  const at = { root: registryRoot(node.need('Root')), key: node.need('Key'), name: node.orNull('Name') };
  const component = scope.component?.id ?? '';
  const id = node.get('Id') ?? registryId(component, at);
  context.define('RemoveRegistry', id, node.span);
  context.row(
    'RemoveRegistry',
    { RemoveRegistry: id, Root: at.root, Key: at.key, Name: at.name, Component_: component },
    node.span,
  );
};

export const registryLowerings: Lowerings = {
  RegistryKey: lowerRegistryKey,
  RegistryValue: lowerRegistryValue,
  MultiStringValue: () => {},
  RemoveRegistryKey: lowerRemoveKey,
  RemoveRegistryValue: lowerRemoveValue,
};
