/** What controls do and listen to: Publish, Subscribe, conditions; and what they offer: lists and radio buttons. */
import * as problem from '../diagnostics.ts';
import { IDENTIFIER } from '../schema/attribute-types.ts';
import { isStandardAction } from '../tables/standard-actions.ts';
import { allowOnly } from './allow-only.ts';
import { placeCells } from './dialog.ts';
import type { ElementNode } from './element-node.ts';
import type { Lowering, Lowerings } from './lower-context.ts';

/** Events whose argument is the name of a dialog. */
const DIALOG_EVENTS: ReadonlySet<string> = new Set(['NewDialog', 'SelectionBrowse', 'SpawnDialog', 'SpawnWaitDialog']);
const ACTIONS: Readonly<Record<string, string>> = {
  default: 'Default',
  disable: 'Disable',
  enable: 'Enable',
  hide: 'Hide',
  show: 'Show',
};

const lowerPublish: Lowering = (node, scope, context) => {
  const dialog = scope.dialog?.id ?? node.get('Dialog');
  const control = scope.control ?? node.get('Control');
  if (dialog === undefined || control === undefined) {
    context.report(
      problem.neededAttribute(node.span, 'Publish', '"Dialog" and "Control" are needed outside of a Control'),
    );
    return;
  }
  for (const attribute of ['Dialog', 'Control'].filter((name) => scope.control !== undefined && node.has(name))) {
    const found = `"${attribute}" is that of the Control around it and cannot be given again`;
    context.report(problem.unusableCombination(node.spanOf(attribute), 'Publish', found));
  }
  context.reference('Dialog', node.get('Dialog'), node.spanOf('Dialog'));
  const event = node.has('Event') ? upperFirst(node.need('Event')) : undefined;
  const property = node.get('Property');
  if ((event === undefined) === (property === undefined)) {
    context.report(problem.neededAttribute(node.span, 'Publish', 'exactly one of "Event" and "Property" is needed'));
    return;
  }
  if (event !== undefined && !node.has('Value'))
    context.report(problem.neededAttribute(node.span, 'Publish', '"Event" needs "Value"'));
  // `{}` is how a property is set to nothing.
  const argument = node.orNull('Value') ?? (event === undefined ? '{}' : null);
  const order = scope.publishOrder ?? { last: 0 };
  order.last = node.integer('Order') ?? order.last + 1;
  const cells = { Dialog_: dialog, Control_: control, Event: event ?? `[${property}]`, Argument: argument };
  context.row('ControlEvent', { ...cells, Condition: node.condition, Ordering: order.last }, node.span);
  if (argument === null || !IDENTIFIER.test(argument)) return;
  if (event === 'DoAction' && !isStandardAction(argument))
    context.reference('CustomAction', argument, node.spanOf('Value'));
  if (event !== undefined && DIALOG_EVENTS.has(event)) context.reference('Dialog', argument, node.spanOf('Value'));
};

const lowerSubscribe: Lowering = (node, scope, context) => {
  context.row(
    'EventMapping',
    {
      Dialog_: scope.dialog?.id ?? '',
      Control_: scope.control ?? '',
      Event: upperFirst(node.need('Event')),
      Attribute: upperFirst(node.need('Attribute')),
    },
    node.span,
  );
};

const lowerCondition: Lowering = (node, scope, context) => {
  allowOnly(node, ['Action'], context);
  const action = ACTIONS[node.get('Action') ?? ''];
  if (action === undefined)
    context.report(problem.neededAttribute(node.span, 'Condition', 'the condition of a control needs an "Action"'));
  else if (node.condition === null)
    context.report(
      problem.neededAttribute(node.span, 'Condition', 'the condition of a control needs its expression as text'),
    );
  else
    context.row(
      'ControlCondition',
      {
        Dialog_: scope.dialog?.id ?? '',
        Control_: scope.control ?? '',
        Action: action,
        Condition: node.condition,
      },
      node.span,
    );
};

function lowerList(table: 'ComboBox' | 'ListBox' | 'ListView'): Lowering {
  return (node, _scope, context) => {
    for (const [index, item] of node.childrenNamed('ListItem').entries()) {
      const icon = item.get('Icon');
      if (icon !== undefined && table !== 'ListView') {
        const at = { element: `${table}/ListItem`, attribute: 'Icon' };
        context.report(problem.unknownAttribute(item.spanOf('Icon'), at));
      }
      context.reference('Binary', icon, item.spanOf('Icon'));
      const cells = { Property: node.need('Property'), Order: index + 1, Value: item.need('Value') };
      const text = item.orNull('Text');
      context.row(
        table,
        { ...cells, Text: text, ...(table === 'ListView' ? { Binary_: icon ?? null } : {}) },
        item.span,
      );
    }
  };
}

const lowerRadioButtons: Lowering = (node, _scope, context) => {
  const property = node.need('Property');
  context.reference('Property', property, node.spanOf('Property'));
  const buttons = node.childrenNamed('RadioButton');
  for (const [index, button] of buttons.entries()) {
    const [kind, ...others] = ['Bitmap', 'Icon', 'Text'].filter((name) => button.has(name));
    if (kind !== undefined && others.length > 0)
      context.report(problem.conflictingAttributes(button.span, 'RadioButton', [kind, ...others]));
    if (kind === 'Bitmap' || kind === 'Icon') context.reference('Binary', button.need(kind), button.spanOf(kind));
    if (kind !== kindOf(buttons[0]))
      context.report(
        problem.unusableCombination(
          button.span,
          'RadioButton',
          'all buttons of a group have a text, a bitmap or an icon',
        ),
      );
    context.row(
      'RadioButton',
      {
        Property: property,
        Order: index + 1,
        Value: button.need('Value'),
        ...placeCells(button),
        Text: kind === undefined ? null : button.orNull(kind),
        Help:
          button.has('ToolTip') || button.has('Help')
            ? `${button.get('ToolTip') ?? ''}|${button.get('Help') ?? ''}`
            : null,
      },
      button.span,
    );
  }
};

function kindOf(button: ElementNode | undefined): string | undefined {
  return ['Bitmap', 'Icon', 'Text'].find((name) => button?.has(name));
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const controlEventLowerings: Lowerings = {
  Publish: lowerPublish,
  Subscribe: lowerSubscribe,
  'Control/Condition': lowerCondition,
  ComboBox: lowerList('ComboBox'),
  ListBox: lowerList('ListBox'),
  ListView: lowerList('ListView'),
  ListItem: () => {},
  RadioButtonGroup: lowerRadioButtons,
  RadioButton: () => {},
};
