/** Control.Attributes from the switches of a Control element. */
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import { commonControlBits, controlTypeBits } from '../schema/ui-elements.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext } from './lower-context.ts';

/** Where the bits of a control's own type begin. */
const FIRST_TYPE_BIT = 16;
const VISIBLE = 1;
const ENABLED = 2;
export const FORMAT_SIZE = 0x80000;
/** Types that only show something: they are disabled unless the author says otherwise. */
const PASSIVE: ReadonlySet<string> = new Set(['Billboard', 'Bitmap', 'Icon', 'Line', 'ProgressBar']);
const ICON_SIZES: Readonly<Record<string, readonly string[]>> = {
  16: ['Icon16'],
  32: ['Icon32'],
  48: ['Icon16', 'Icon32'],
};

/** Reports switches that the control's type does not have. */
export function controlBits(node: ElementNode, context: LowerContext): number {
  const type = node.need('Type');
  const own = controlTypeBits[type] ?? [];
  const known = [...commonControlBits, ...own].filter((name) => name !== null);
  const anywhere = new Set([...commonControlBits, ...Object.values(controlTypeBits).flat()]);
  for (const name of node.attributeNames.filter((candidate) => anywhere.has(candidate) && !known.includes(candidate))) {
    const at = { element: `Control[Type="${type}"]`, attribute: name, nearest: nearestName(name, known) };
    context.report(problem.unknownAttribute(node.spanOf(name), at));
  }
  let bits = PASSIVE.has(type) ? ENABLED : 0;
  commonControlBits.forEach((name, index) => {
    if (node.yes(name)) bits |= 1 << index;
  });
  const sizes = ICON_SIZES[node.get('IconSize') ?? ''] ?? [];
  if (sizes.some((name) => !own.includes(name))) {
    const at = { element: `Control[Type="${type}"]`, attribute: 'IconSize' };
    context.report(problem.unknownAttribute(node.spanOf('IconSize'), at));
  }
  own.forEach((name, index) => {
    if (name !== null && (node.yes(name) || sizes.includes(name))) bits |= 1 << (FIRST_TYPE_BIT + index);
  });
  // Authors say what is hidden or disabled; the table, what is visible and enabled.
  return bits ^ (VISIBLE | ENABLED);
}
