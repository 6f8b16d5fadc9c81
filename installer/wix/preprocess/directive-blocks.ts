/** Groups a flat event list into the nested structure that conditional and loop directives make of it. */
import type { Diagnostic } from '../../diagnostic.ts';
import { unbalancedDirective } from '../diagnostics.ts';
import type { DirectiveEvent, XmlEvent } from '../xml/xml-events.ts';

export interface Branch {
  /** The `if`, `ifdef`, `ifndef`, `elseif` or `else` that opens the branch. */
  readonly directive: DirectiveEvent;
  readonly body: readonly Block[];
}

export type Block =
  | { readonly kind: 'event'; readonly event: XmlEvent }
  | { readonly kind: 'choice'; readonly branches: readonly Branch[] }
  | { readonly kind: 'loop'; readonly directive: DirectiveEvent; readonly body: readonly Block[] };

interface OpenBlock {
  readonly opener: DirectiveEvent;
  readonly outer: Block[];
  readonly branches: Branch[];
  current: { directive: DirectiveEvent; body: Block[] };
}

/** Bounds recursion over what is made here. */
const MAX_DEPTH = 250;

const ENDS: Readonly<Record<string, readonly string[]>> = {
  endif: ['if', 'ifdef', 'ifndef'],
  endforeach: ['foreach'],
};

export function groupDirectives(events: readonly XmlEvent[]): {
  blocks: readonly Block[];
  diagnostics: readonly Diagnostic[];
} {
  const blocks: Block[] = [];
  const open: OpenBlock[] = [];
  const diagnostics: Diagnostic[] = [];
  let target = blocks;
  for (const event of events) {
    const top = open.at(-1);
    if (event.kind !== 'directive') target.push({ kind: 'event', event });
    else if (['if', 'ifdef', 'ifndef', 'foreach'].includes(event.name)) {
      if (open.length >= MAX_DEPTH) {
        const found = `directives are nested more than ${MAX_DEPTH} deep`;
        return { blocks: [], diagnostics: [unbalancedDirective(event.span, event.name, found)] };
      }
      const current = { directive: event, body: [] };
      open.push({ opener: event, outer: target, branches: [], current });
      target = current.body;
    } else if (event.name === 'else' || event.name === 'elseif') {
      const problem = branchProblem(event, top);
      if (problem !== undefined || top === undefined) {
        diagnostics.push(unbalancedDirective(event.span, event.name, problem ?? 'no "<?if?>" is open'));
        continue;
      }
      top.branches.push(top.current);
      top.current = { directive: event, body: [] };
      target = top.current.body;
    } else if (event.name in ENDS) {
      if (top === undefined || !ENDS[event.name]?.includes(top.opener.name)) {
        diagnostics.push(unbalancedDirective(event.span, event.name, `no "<?${ENDS[event.name]?.[0]}?>" is open here`));
        continue;
      }
      open.pop();
      target = top.outer;
      target.push(closeBlock(top));
    } else target.push({ kind: 'event', event });
  }
  for (const { opener } of open) diagnostics.push(unbalancedDirective(opener.span, opener.name, 'its end is missing'));
  return { blocks, diagnostics };
}

function branchProblem(event: DirectiveEvent, top: OpenBlock | undefined): string | undefined {
  if (top === undefined || top.opener.name === 'foreach') return 'no "<?if?>" is open here';
  return top.current.directive.name === 'else' ? `"<?${event.name}?>" follows "<?else?>"` : undefined;
}

function closeBlock({ opener, branches, current }: OpenBlock): Block {
  return opener.name === 'foreach'
    ? { kind: 'loop', directive: opener, body: current.body }
    : { kind: 'choice', branches: [...branches, current] };
}
