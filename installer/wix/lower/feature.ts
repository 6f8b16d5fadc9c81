/** Feature, FeatureRef, FeatureGroup. */
import * as problem from '../diagnostics.ts';
import { allowOnly } from './allow-only.ts';
import { memberReference } from './component.ts';
import type { ElementNode } from './element-node.ts';
import type { Lowering, Lowerings } from './lower-context.ts';

/** Feature.Attributes by attribute and value. Source: Windows Installer "Feature Table". */
const BITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  InstallDefault: { source: 1, followParent: 2 },
  TypicalDefault: { advertise: 4 },
  AllowAdvertise: { no: 8, system: 32 },
  Absent: { disallow: 16 },
};

const lowerFeature: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  context.define('Feature', id, node.span);
  context.reference('Directory', node.get('ConfigurableDirectory'), node.spanOf('ConfigurableDirectory'));
  context.section.features.push({
    id,
    parent: null,
    title: node.orNull('Title'),
    description: node.orNull('Description'),
    display: display(node, scope.featureDisplay ?? { last: 0 }),
    level: node.integer('Level') ?? 1,
    directory: node.orNull('ConfigurableDirectory'),
    attributes: Object.entries(BITS).reduce((bits, [name, values]) => bits | (values[node.get(name) ?? ''] ?? 0), 0),
    span: node.span,
  });
  if (scope.feature !== undefined)
    context.section.memberships.push({ parent: scope.feature, child: { kind: 'Feature', id }, span: node.span });
  context.lowerChildren(node, { ...scope, feature: { kind: 'Feature', id }, featureDisplay: { last: 0 } });
};

/** Even numbers are shown collapsed, odd ones expanded, in growing order among siblings; 0 is hidden. */
function display(node: ElementNode, siblings: { last: number }): number {
  const value = node.get('Display') ?? 'collapse';
  if (value === 'hidden') return 0;
  if (value === 'collapse') siblings.last = (siblings.last | 1) + 1;
  else if (value === 'expand') siblings.last = (siblings.last + 1) | 1;
  else if (Number(value) === 0) return 0;
  else siblings.last = Number(value);
  return siblings.last;
}

const lowerFeatureGroup: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  context.define('FeatureGroup', id, node.span);
  if (scope.feature !== undefined)
    context.section.memberships.push({ parent: scope.feature, child: { kind: 'FeatureGroup', id }, span: node.span });
  context.lowerChildren(node, { ...scope, feature: { kind: 'FeatureGroup', id }, featureDisplay: { last: 0 } });
};

const referFeature = memberReference('Feature');

export const featureLowerings: Lowerings = {
  Feature: lowerFeature,
  FeatureRef: (node, scope, context) => {
    if (node.yes('IgnoreParent')) context.reference('Feature', node.need('Id'), node.spanOf('Id'));
    else referFeature(node, scope, context);
    const feature = { kind: 'Feature', id: node.need('Id') } as const;
    context.lowerChildren(node, { ...scope, feature, featureDisplay: { last: 0 } });
  },
  FeatureGroup: lowerFeatureGroup,
  FeatureGroupRef: memberReference('FeatureGroup'),
  'Feature/Condition': (node, scope, context) => {
    allowOnly(node, ['Level'], context);
    const level = node.integer('Level');
    if (level === undefined)
      context.report(problem.neededAttribute(node.span, 'Condition', 'a feature condition needs a "Level"'));
    else
      context.row(
        'Condition',
        { Feature_: scope.feature?.id ?? null, Level: level, Condition: node.condition },
        node.span,
      );
  },
};
