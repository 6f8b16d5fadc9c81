/** Property, PropertyRef, WixVariable. */
import * as problem from '../diagnostics.ts';
import type { PropertyList } from '../symbols.ts';
import type { Lowering, Lowerings } from './lower-context.ts';
import { lowerSearches } from './search.ts';

const LISTS: Readonly<Record<string, PropertyList>> = {
  Secure: 'SecureCustomProperties',
  Hidden: 'MsiHiddenProperties',
  Admin: 'AdminProperties',
};

const lowerProperty: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  if (node.has('Value') && node.text !== '') {
    context.report(
      problem.unusableCombination(
        node.span,
        'Property',
        'the value is given both as "Value" and as text, one of them is enough',
      ),
    );
  }
  if (node.yes('Secure') && id !== id.toUpperCase()) {
    context.report(
      problem.unusableCombination(
        node.spanOf('Id'),
        'Property',
        `only a public property can be secure, "${id}" has lower-case letters`,
      ),
    );
  }
  const value = node.get('Value') ?? node.text;
  context.define('Property', id, node.span);
  if (id === 'ErrorDialog') context.reference('Dialog', value, node.span);
  // An empty value cannot be stored: a property without one exists only as a name that others can refer to.
  if (value !== '') context.row('Property', { Property: id, Value: value }, node.span);
  const signatures = lowerSearches(node, context);
  if (signatures.length > 0) {
    if (id !== id.toUpperCase())
      context.report(
        problem.unusableCombination(
          node.spanOf('Id'),
          'Property',
          `a search can set only a public property, "${id}" has lower-case letters`,
        ),
      );
    context.section.ensuredTables.push({ table: 'Signature', span: node.span });
  }
  for (const signature of signatures) {
    context.row('AppSearch', { Property: id, Signature_: signature }, node.span);
    if (node.yes('ComplianceCheck')) context.row('CCPSearch', { Signature_: signature }, node.span);
  }
  if (node.yes('ComplianceCheck') && signatures.length === 0)
    context.report(problem.missingChild(node.span, 'Property', 'with "ComplianceCheck" a search is needed in it'));
  for (const [attribute, list] of Object.entries(LISTS)) {
    if (node.yes(attribute)) context.section.listedProperties.push({ list, property: id });
  }
  context.lowerChildren(node, { ...scope, property: id });
};

export const propertyLowerings: Lowerings = {
  WixVariable: (node, _scope, context) => {
    const id = node.need('Id');
    context.section.variables.push({
      id,
      value: node.need('Value'),
      overridable: node.yes('Overridable'),
      span: node.span,
    });
  },
  Property: lowerProperty,
  PropertyRef: (node, _scope, context) => context.reference('Property', node.need('Id'), node.spanOf('Id')),
};
