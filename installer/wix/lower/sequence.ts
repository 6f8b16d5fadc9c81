/** The five sequence elements, Custom, Show, and the standard actions in them. */
import * as problem from '../diagnostics.ts';
import { sequenceElements } from '../schema/behaviour-elements.ts';
import { sequenceTables, standardActionsOf } from '../tables/standard-actions.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

function lowerSequence(table: string): Lowering {
  return (node, scope, context) => context.lowerChildren(node, { ...scope, sequence: table });
}

const PLACES = ['Before', 'After', 'Sequence', 'OnExit'];
/** Numbers of what runs at the end. Source: Windows Installer "Using a Sequence Table". */
const EXITS: Readonly<Record<string, number>> = { success: -1, cancel: -2, error: -3, suspend: -4 };

function schedule(
  node: ElementNode,
  sequence: string,
  at: { readonly action: string; readonly context: LowerContext },
): void {
  const { action, context } = at;
  const given = PLACES.filter((attribute) => node.has(attribute));
  if (given.length > 1) context.report(problem.conflictingAttributes(node.span, node.name, given));
  const number = EXITS[node.get('OnExit') ?? ''] ?? node.integer('Sequence');
  const [before, after] = [node.get('Before'), node.get('After')];
  context.section.actions.push({
    sequence,
    action,
    condition: node.condition,
    suppress: node.yes('Suppress'),
    overridable: node.yes('Overridable'),
    ...(number === undefined ? {} : { number }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    span: node.span,
  });
}

/** A custom action or a dialog, which has no usual place. */
function lowerPlaced(attribute: string, table: string): Lowering {
  return (node, scope, context) => {
    if (!PLACES.some((name) => node.has(name)) && !node.yes('Suppress')) {
      const wanted = 'one of "Before", "After", "Sequence" and "OnExit" is needed';
      context.report(problem.neededAttribute(node.span, node.name, wanted));
    }
    context.reference(table, node.need(attribute), node.spanOf(attribute));
    schedule(node, scope.sequence ?? '', { action: node.need(attribute), context });
  };
}

const lowerStandardAction: Lowering = (node, scope, context) => {
  const table = scope.sequence ?? '';
  const known = standardActionsOf(table).find(({ name }) => name === node.name);
  const placed = ['Before', 'After', 'Sequence'].some((attribute) => node.has(attribute));
  if (known?.sequence === null && !placed && !node.yes('Suppress')) {
    context.report(
      problem.neededAttribute(
        node.span,
        node.name,
        'one of "Before", "After" and "Sequence" is needed, it has no usual place',
      ),
    );
  }
  schedule(node, table, { action: node.name, context });
};

const names = new Set(sequenceTables.flatMap((table) => standardActionsOf(table).map(({ name }) => name)));

export const sequenceLowerings: Lowerings = {
  ...Object.fromEntries(Object.entries(sequenceElements).map(([name, table]) => [name, lowerSequence(table)])),
  ...Object.fromEntries([...names].map((name) => [name, lowerStandardAction])),
  Custom: lowerPlaced('Action', 'CustomAction'),
  Show: lowerPlaced('Dialog', 'Dialog'),
};
