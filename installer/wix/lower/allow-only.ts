import { nearestName } from '../../nearest-name.ts';
import { unknownAttribute } from '../diagnostics.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext } from './lower-context.ts';

/** Reports the attributes that an element with several meanings does not have where it stands. */
export function allowOnly(node: ElementNode, names: readonly string[], context: LowerContext): void {
  for (const attribute of node.attributeNames.filter((name) => !names.includes(name))) {
    const at = { element: node.name, attribute, nearest: nearestName(attribute, names) };
    context.report(unknownAttribute(node.spanOf(attribute), at));
  }
}
