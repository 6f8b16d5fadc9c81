/** Whether something is advertised, and the registry values that stand for it when it is not. */
import * as problem from '../diagnostics.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Scope } from './lower-context.ts';
import { registryId } from './registry.ts';

const CLASSES_ROOT = 0;

/** The element's own `Advertise`, which has to agree with what is around it; `no` when nobody says anything. */
export function isAdvertised(node: ElementNode, scope: Scope, context: LowerContext): boolean {
  const own = node.has('Advertise') ? node.yes('Advertise') : undefined;
  const outer = scope.registration?.advertised;
  if (own !== undefined && outer !== undefined && own !== outer) {
    const found = `"Advertise" is "${own ? 'yes' : 'no'}" here and "${outer ? 'yes' : 'no'}" around it, both have to agree`;
    context.report(problem.unusableCombination(node.spanOf('Advertise'), node.name, found));
  }
  return own ?? outer ?? false;
}

/** Adds values below HKEY_CLASSES_ROOT for one element. An empty name or value is none. */
export function classesRoot(
  node: ElementNode,
  scope: Scope,
  context: LowerContext,
): (key: string, name: string | null, value: string | null) => void {
  const component = scope.component?.id ?? '';
  return (key, name, value) => {
    const id = registryId(component, { root: CLASSES_ROOT, key, name });
    context.define('Registry', id, node.span);
    const cells = { Registry: id, Root: CLASSES_ROOT, Key: key, Name: name || null, Value: value || null };
    context.row('Registry', { ...cells, Component_: component }, node.span);
  };
}

/** Reports attributes that mean nothing while the element is advertised, or while it is not. */
export function refuseAttributes(
  node: ElementNode,
  names: readonly string[],
  at: { readonly advertised: boolean; readonly context: LowerContext },
): void {
  for (const name of names.filter((candidate) => node.has(candidate))) {
    const found = `"${name}" has no meaning with Advertise="${at.advertised ? 'yes' : 'no'}"`;
    at.context.report(problem.unusableCombination(node.spanOf(name), node.name, found));
  }
}
