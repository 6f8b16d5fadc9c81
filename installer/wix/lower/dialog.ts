/** Dialog and Control. */
import * as problem from '../diagnostics.ts';
import { IDENTIFIER } from '../schema/attribute-types.ts';
import type { RowSymbol, SymbolCell } from '../symbols.ts';
import { controlBits, FORMAT_SIZE } from './control-bits.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

const VISIBLE = 1;
const MODAL = 2;
const MINIMIZE = 4;
/** Bits that a switch flips. Source: Windows Installer "Dialog Style Bits". */
const SWITCHES: Readonly<Record<string, number>> = {
  Hidden: VISIBLE,
  Modeless: MODAL,
  NoMinimize: MINIMIZE,
  SystemModal: 8,
  KeepModeless: 16,
  TrackDiskSpace: 32,
  CustomPalette: 64,
  RightToLeft: 128,
  RightAligned: 256,
  LeftScroll: 512,
  ErrorDialog: 65536,
};
/** Types that the Tab key passes over unless `TabSkip` says otherwise. */
const NOT_TABBABLE: ReadonlySet<string> = new Set([
  'Billboard',
  'Bitmap',
  'GroupBox',
  'Icon',
  'Line',
  'ProgressBar',
  'Text',
  'VolumeCostList',
]);

const lowerDialog: Lowering = (node, scope, context) => {
  const id = node.need('Id');
  const controls = node.childrenNamed('Control');
  const ring = controls.filter(isTabbable).map((control) => control.need('Id'));
  const [first] = ring;
  context.define('Dialog', id, node.span);
  if (first === undefined) {
    const wanted = 'a control that the Tab key reaches is needed, such as a PushButton or one with TabSkip="no"';
    context.report(problem.missingChild(node.span, 'Dialog', wanted));
    return;
  }
  context.section.ensuredTables.push({ table: 'ListBox', span: node.span });
  context.row(
    'Dialog',
    {
      Dialog: id,
      HCentering: node.integer('X') ?? 50,
      VCentering: node.integer('Y') ?? 50,
      Width: node.integer('Width') ?? 0,
      Height: node.integer('Height') ?? 0,
      Attributes: Object.entries(SWITCHES).reduce(
        (bits, [name, bit]) => (node.yes(name) ? bits ^ bit : bits),
        VISIBLE | MODAL | MINIMIZE,
      ),
      Title: node.orNull('Title'),
      Control_First: first,
      Control_Default: lastWith(controls, 'Default'),
      Control_Cancel: lastWith(controls, 'Cancel'),
    },
    node.span,
  );
  context.lowerChildren(node, { ...scope, dialog: { id, ring, tracksDiskSpace: node.yes('TrackDiskSpace') } });
};

export function isTabbable(control: ElementNode): boolean {
  return control.has('TabSkip') ? !control.yes('TabSkip') : !NOT_TABBABLE.has(control.need('Type'));
}

function lastWith(controls: readonly ElementNode[], attribute: string): string | null {
  return controls.findLast((control) => control.yes(attribute))?.need('Id') ?? null;
}

const lowerControl: Lowering = (node, scope, context) => {
  const { dialog } = scope;
  if (dialog === undefined) return;
  const id = node.need('Id');
  const { ring } = dialog;
  const at = ring.indexOf(id);
  const next = at < 0 || ring.length < 2 ? null : (ring[(at + 1) % ring.length] ?? null);
  const attributes = controlBits(node, context) | radioBits(node);
  const property = node.get('Property') ?? node.get('CheckBoxPropertyRef') ?? null;
  const help =
    node.has('ToolTip') || node.has('Help') ? `${node.get('ToolTip') ?? ''}|${node.get('Help') ?? ''}` : null;
  context.define('Control', `${dialog.id}/${id}`, node.span);
  if (node.get('Type') === 'CheckBox') lowerCheckBox(node, context);
  if (node.get('Type') === 'Billboard')
    context.section.ensuredTables.push(
      { table: 'Billboard', span: node.span },
      { table: 'BBControl', span: node.span },
    );
  context.row(
    'Control',
    {
      Dialog_: dialog.id,
      Control: id,
      Type: node.need('Type'),
      ...placeCells(node),
      Attributes: attributes,
      Property: property,
      Text: controlText(node, { context, pad: dialog.tracksDiskSpace && (attributes & FORMAT_SIZE) === 0 }),
      Control_Next: next,
      Help: help,
    },
    node.span,
  );
  context.lowerChildren(node, { ...scope, control: id, publishOrder: { last: 0 } });
};

export function placeCells(node: ElementNode): RowSymbol['cells'] {
  return Object.fromEntries(['X', 'Y', 'Width', 'Height'].map((name) => [name, node.integer(name) ?? 0]));
}

/** Buttons with pictures make the group one of pictures. */
function radioBits(node: ElementNode): number {
  const buttons = node.childrenNamed('RadioButtonGroup').flatMap((group) => group.childrenNamed('RadioButton'));
  if (buttons.some((button) => button.has('Bitmap'))) return 0x40000;
  return buttons.some((button) => button.has('Icon')) ? 0x80000 : 0;
}

function lowerCheckBox(node: ElementNode, context: LowerContext): void {
  const [property, reference] = [node.get('Property'), node.get('CheckBoxPropertyRef')];
  if (property !== undefined && reference !== undefined)
    context.report(problem.conflictingAttributes(node.span, 'Control', ['Property', 'CheckBoxPropertyRef']));
  else if (property !== undefined) {
    context.define('CheckBox', property, node.span);
    context.row('CheckBox', { Property: property, Value: node.orNull('CheckBoxValue') }, node.span);
  } else if (reference !== undefined) context.reference('CheckBox', reference, node.spanOf('CheckBoxPropertyRef'));
  else
    context.report(
      problem.neededAttribute(node.span, 'Control', 'a CheckBox needs "Property" or "CheckBoxPropertyRef"'),
    );
}

/** The text as attribute, as child element, or in a file. */
export function controlText(
  node: ElementNode,
  at: { readonly context: LowerContext; readonly pad: boolean },
): SymbolCell {
  const child = node.childrenNamed('Text')[0];
  const sourceFile = child?.get('SourceFile');
  if (sourceFile !== undefined) {
    if (child?.text !== '')
      at.context.report(
        problem.unusableCombination(
          child?.span ?? node.span,
          'Text',
          '"SourceFile" and text are two ways to say the same',
        ),
      );
    return { textFile: sourceFile };
  }
  const text = (child === undefined ? undefined : child.rawText) ?? node.get('Text') ?? '';
  const type = node.need('Type');
  // The name of a picture in the Binary table, unless it is a formatted text that only the installation knows.
  if ((type === 'Bitmap' || type === 'Icon') && IDENTIFIER.test(text))
    at.context.reference('Binary', text, node.spanOf('Text'));
  // While disk space is tracked, Windows Installer would format a lone property in such a text as a size.
  return at.pad && type === 'Text' && /^\[.*\]$/s.test(text) ? `${text} ` : text || null;
}

export const dialogLowerings: Lowerings = {
  Dialog: lowerDialog,
  Control: lowerControl,
  Text: () => {},
};
