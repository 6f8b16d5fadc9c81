/** UI with its references, text styles, texts, messages, billboards and embedded user interface libraries. */

import * as problem from '../diagnostics.ts';
import { embeddedUiMessages } from '../embedded-ui-messages.ts';
import { identifierFromName } from '../generated-names.ts';
import { controlBits } from './control-bits.ts';
import { controlText, isTabbable, placeCells } from './dialog.ts';
import type { ElementNode } from './element-node.ts';
import type { Lowering, Lowerings } from './lower-context.ts';

/** TextStyle.StyleBits. Source: Windows Installer "TextStyle Table". */
const STYLES: Readonly<Record<string, number>> = { Bold: 1, Italic: 2, Underline: 4, Strike: 8 };
const COLORS: Readonly<Record<string, number>> = { Red: 1, Green: 0x100, Blue: 0x10000 };

const lowerUi: Lowering = (node, scope, context) => {
  if (node.has('Id')) context.define('WixUI', node.need('Id'), node.span);
  if (node.childrenNamed('EmbeddedUI').length > 1)
    context.report(
      problem.unusableCombination(node.span, 'UI', 'it holds several EmbeddedUI elements, at most one is allowed'),
    );
  context.lowerChildren(node, scope);
};

const lowerTextStyle: Lowering = (node, _scope, context) => {
  const bits = Object.entries(STYLES).reduce((sum, [name, bit]) => (node.yes(name) ? sum | bit : sum), 0);
  const colored = Object.keys(COLORS).some((name) => node.has(name));
  const color = Object.entries(COLORS).reduce((sum, [name, unit]) => sum + (node.integer(name) ?? 0) * unit, 0);
  context.define('TextStyle', node.need('Id'), node.span);
  context.row(
    'TextStyle',
    {
      TextStyle: node.need('Id'),
      FaceName: node.need('FaceName'),
      Size: node.integer('Size') ?? 0,
      Color: colored ? color : null,
      StyleBits: bits === 0 ? null : bits,
    },
    node.span,
  );
};

/** The billboards of one action are numbered in the order of the source. */
const lowerBillboardAction: Lowering = (node, scope, context) => {
  for (const [index, billboard] of node.childrenNamed('Billboard').entries()) {
    const id = billboard.need('Id');
    const feature = billboard.get('Feature');
    context.define('Billboard', id, billboard.span);
    context.reference('Feature', feature, billboard.spanOf('Feature'));
    context.row(
      'Billboard',
      { Billboard: id, Feature_: feature ?? null, Action: node.need('Id'), Ordering: index + 1 },
      billboard.span,
    );
    context.lowerChildren(billboard, { ...scope, billboard: id });
  }
};

const lowerBillboardControl: Lowering = (node, scope, context) => {
  if (isTabbable(node))
    context.report(
      problem.unusableCombination(
        node.span,
        'Control',
        `a billboard shows and takes no input, a ${node.need('Type')} takes it`,
      ),
    );
  context.row(
    'BBControl',
    {
      Billboard_: scope.billboard ?? '',
      BBControl: node.need('Id'),
      Type: node.need('Type'),
      ...placeCells(node),
      Attributes: controlBits(node, context),
      Text: controlText(node, { context, pad: false }),
    },
    node.span,
  );
};

const HANDLES_UI = 1;
const HANDLES_BASIC_UI = 2;
const lowerEmbeddedUi: Lowering = (node, scope, context) => {
  const name = embeddedName(node);
  if (!name.includes('.'))
    context.report(
      problem.unusableName(node.span, name, 'an embedded user interface library needs a name with an extension'),
    );
  const filter = Object.entries(embeddedUiMessages).reduce(
    (bits, [message, bit]) => (node.yes(`Ignore${message}`) ? bits : bits | bit),
    0,
  );
  const attributes = HANDLES_UI | (node.yes('SupportBasicUI') ? HANDLES_BASIC_UI : 0);
  embeddedRow({ node, name, attributes, filter }, context.row);
  context.lowerChildren(node, scope);
};

function embeddedName(node: ElementNode): string {
  return node.get('Name') ?? node.need('SourceFile').split(/[\\/]/).at(-1) ?? '';
}

function embeddedRow(
  at: {
    readonly node: ElementNode;
    readonly name: string;
    readonly attributes: number;
    readonly filter: number | null;
  },
  row: Parameters<Lowering>[2]['row'],
): void {
  const cells = {
    MsiEmbeddedUI: at.node.get('Id') ?? identifierFromName(at.name),
    FileName: at.name,
    Attributes: at.attributes,
    MessageFilter: at.filter,
    Data: { source: at.node.need('SourceFile') },
  };
  row('MsiEmbeddedUI', cells, at.node.spanOf('SourceFile'));
}

export const uiLowerings: Lowerings = {
  UI: lowerUi,
  UIRef: (node, _scope, context) => context.reference('WixUI', node.need('Id'), node.spanOf('Id')),
  DialogRef: (node, _scope, context) => context.reference('Dialog', node.need('Id'), node.spanOf('Id')),
  TextStyle: lowerTextStyle,
  UIText: (node, _scope, context) =>
    context.row('UIText', { Key: node.need('Id'), Text: node.rawText || null }, node.span),
  ProgressText: (node, _scope, context) =>
    context.row(
      'ActionText',
      { Action: node.need('Action'), Description: node.rawText || null, Template: node.orNull('Template') },
      node.span,
    ),
  Error: (node, _scope, context) => {
    context.define('Error', node.need('Id'), node.span);
    context.row('Error', { Error: node.integer('Id') ?? 0, Message: node.rawText || null }, node.span);
  },
  BillboardAction: lowerBillboardAction,
  Billboard: () => {},
  'Billboard/Control': lowerBillboardControl,
  EmbeddedUI: lowerEmbeddedUi,
  EmbeddedUIResource: (node, _scope, context) =>
    embeddedRow({ node, name: embeddedName(node), attributes: 0, filter: null }, context.row),
};
