/** The five sequence elements, Custom, and the standard actions in them. */
import * as problem from '../diagnostics.ts';
import { sequenceElements } from '../schema/behaviour-elements.ts';
import { sequenceTables, standardActionsOf } from '../tables/standard-actions.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

function lowerSequence(table: string): Lowering {
  return (node, scope, context) => context.lowerChildren(node, { ...scope, sequence: table });
}

function schedule(
  node: ElementNode,
  sequence: string,
  at: { readonly action: string; readonly context: LowerContext },
): void {
  const { action, context } = at;
  const given = ['Before', 'After', 'Sequence'].filter((attribute) => node.has(attribute));
  if (given.length > 1) context.report(problem.conflictingAttributes(node.span, node.name, given));
  const number = node.integer('Sequence');
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

const lowerCustom: Lowering = (node, scope, context) => {
  const placed = ['Before', 'After', 'Sequence'].some((attribute) => node.has(attribute));
  if (!placed && !node.yes('Suppress')) {
    context.report(problem.neededAttribute(node.span, 'Custom', 'one of "Before", "After" and "Sequence" is needed'));
  }
  context.reference('CustomAction', node.need('Action'), node.spanOf('Action'));
  schedule(node, scope.sequence ?? '', { action: node.need('Action'), context });
};

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
  Custom: lowerCustom,
};
