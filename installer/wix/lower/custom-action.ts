/** CustomAction in all its forms, and SetProperty and SetDirectory. Numbers: Windows Installer "Custom Action Types". */
import * as problem from '../diagnostics.ts';
import { isStandardAction } from '../tables/standard-actions.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

interface Source {
  readonly attribute: string;
  readonly bits: number;
  /** Symbol table that the attribute refers to. */
  readonly table?: string;
}

const sources: readonly Source[] = [
  { attribute: 'BinaryKey', bits: 0x00, table: 'Binary' },
  { attribute: 'FileKey', bits: 0x10, table: 'File' },
  { attribute: 'Directory', bits: 0x20, table: 'Directory' },
  { attribute: 'Property', bits: 0x30 },
];

const targets: readonly { readonly attribute: string; readonly bits: number }[] = [
  { attribute: 'DllEntry', bits: 1 },
  { attribute: 'ExeCommand', bits: 2 },
  { attribute: 'Value', bits: 3 },
  { attribute: 'JScriptCall', bits: 5 },
  { attribute: 'VBScriptCall', bits: 6 },
];

const RETURN: Readonly<Record<string, number>> = { check: 0, ignore: 0x40, asyncWait: 0x80, asyncNoWait: 0xc0 };
const FIRST_SEQUENCE = 0x100;
const EXECUTE: Readonly<Record<string, number>> = {
  immediate: 0,
  firstSequence: FIRST_SEQUENCE,
  oncePerProcess: 0x200,
  secondSequence: 0x300,
  deferred: 0x400,
  rollback: 0x500,
  commit: 0x600,
};
const NO_IMPERSONATE = 0x800;
const WIN64_SCRIPT = 0x1000;
const HIDE_TARGET = 0x2000;
const TERMINAL_SERVER_AWARE = 0x4000;
const PATCH_UNINSTALL = 0x8000;
const ERROR = 19;
const IN_SCRIPT = 0x400;

interface Form {
  readonly bits: number;
  readonly source: string | null;
  readonly target: string | null;
  /** Whether the action runs code out of a script, where Win64 means something. */
  readonly script: boolean;
}

const lowerCustomAction: Lowering = (node, _scope, context) => {
  const id = node.need('Id');
  if (isStandardAction(id))
    context.report(problem.unusableId(node.spanOf('Id'), id, 'it is the name of a standard action'));
  const form = node.has('Error') ? errorForm(node, context) : (scriptForm(node, context) ?? codeForm(node, context));
  if (form === undefined) return;
  const type = form.bits | options(node, form);
  context.define('CustomAction', id, node.span);
  if (node.yes('HideTarget')) context.section.listedProperties.push({ list: 'MsiHiddenProperties', property: id });
  context.row(
    'CustomAction',
    {
      Action: id,
      Type: type,
      Source: form.source,
      Target: form.target,
      ...(node.yes('PatchUninstall') ? { ExtendedType: PATCH_UNINSTALL } : {}),
    },
    node.span,
  );
};

function options(node: ElementNode, form: Form): number {
  const execute = EXECUTE[node.get('Execute') ?? 'immediate'] ?? 0;
  return (
    (RETURN[node.get('Return') ?? 'check'] ?? 0) |
    execute |
    (node.get('Impersonate') === 'no' && execute >= IN_SCRIPT ? NO_IMPERSONATE : 0) |
    (form.script && node.yes('Win64') ? WIN64_SCRIPT : 0) |
    (node.yes('HideTarget') ? HIDE_TARGET : 0) |
    (node.yes('TerminalServerAware') ? TERMINAL_SERVER_AWARE : 0)
  );
}

function errorForm(node: ElementNode, context: LowerContext): Form | undefined {
  const others = [...sources, ...targets]
    .map(({ attribute }) => attribute)
    .filter((attribute) => node.has(attribute) && attribute !== 'Directory');
  if (others.length > 0) {
    context.report(problem.conflictingAttributes(node.span, 'CustomAction', ['Error', ...others]));
    return undefined;
  }
  return { bits: ERROR, source: null, target: node.orNull('Error'), script: false };
}

/** A script in the element's text: types 37 and 38. */
function scriptForm(node: ElementNode, context: LowerContext): Form | undefined {
  const script = node.get('Script');
  if (script === undefined) {
    if (node.text !== '') context.report(problem.unexpectedText(node.span, 'CustomAction', node.text.slice(0, 40)));
    return undefined;
  }
  if (node.text === '')
    context.report(
      problem.neededAttribute(node.span, 'CustomAction', 'with "Script" the script itself is needed as text'),
    );
  return { bits: script === 'jscript' ? 37 : 38, source: null, target: node.text || null, script: true };
}

function codeForm(node: ElementNode, context: LowerContext): Form | undefined {
  const [source, ...moreSources] = sources.filter(({ attribute }) => node.has(attribute));
  const [target, ...moreTargets] = targets.filter(({ attribute }) => node.has(attribute));
  for (const extra of [
    { first: source, more: moreSources },
    { first: target, more: moreTargets },
  ]) {
    if (extra.first === undefined || extra.more.length === 0) continue;
    context.report(
      problem.conflictingAttributes(
        node.span,
        'CustomAction',
        [extra.first, ...extra.more].map(({ attribute }) => attribute),
      ),
    );
  }
  if (source === undefined || target === undefined) {
    const list = (entries: readonly { readonly attribute: string }[]) =>
      entries.map(({ attribute }) => `"${attribute}"`).join(', ');
    const wanted =
      source === undefined
        ? `one of ${list(sources)}, "Error" and "Script" is needed`
        : `one of ${list(targets)} is needed`;
    context.report(problem.neededAttribute(node.span, 'CustomAction', wanted));
    return undefined;
  }
  if (target.attribute === 'Value' && source.bits < 0x20) {
    context.report(
      problem.unusableCombination(
        node.span,
        'CustomAction',
        '"Value" sets a "Property" or a "Directory" and goes with nothing else',
      ),
    );
    return undefined;
  }
  if (target.attribute === 'DllEntry' && source.bits > 0x10) {
    context.report(problem.unusableCombination(node.span, 'CustomAction', '"DllEntry" needs "BinaryKey" or "FileKey"'));
    return undefined;
  }
  const key = node.need(source.attribute);
  if (source.table !== undefined) context.reference(source.table, key, node.spanOf(source.attribute));
  return {
    bits: source.bits | target.bits,
    source: key,
    target: node.orNull(target.attribute),
    script: target.bits >= 5,
  };
}

const SEQUENCES: Readonly<Record<string, readonly string[]>> = {
  both: ['InstallUISequence', 'InstallExecuteSequence'],
  first: ['InstallUISequence', 'InstallExecuteSequence'],
  execute: ['InstallExecuteSequence'],
  ui: ['InstallUISequence'],
};

/** SetProperty and SetDirectory: an action of type 51 or 35, and its place in the sequences. */
function lowerSetter(type: 51 | 35): Lowering {
  return (node, _scope, context) => {
    const property = node.need('Id');
    const action = node.get('Action') ?? `Set${property}`;
    const when = node.get('Sequence') ?? 'both';
    const [before, after] = [node.get('Before'), node.get('After')];
    if ((before === undefined) === (after === undefined) && type === 51) {
      context.report(problem.neededAttribute(node.span, node.name, 'exactly one of "Before" and "After" is needed'));
      return;
    }
    if (type === 35) context.reference('Directory', property, node.spanOf('Id'));
    context.define('CustomAction', action, node.span);
    const bits = type | (when === 'first' ? FIRST_SEQUENCE : 0);
    context.row(
      'CustomAction',
      { Action: action, Type: bits, Source: property, Target: node.orNull('Value') },
      node.span,
    );
    for (const sequence of SEQUENCES[when] ?? []) {
      context.section.actions.push({
        sequence,
        action,
        condition: node.condition,
        suppress: false,
        overridable: false,
        ...(before === undefined ? { after: after ?? 'CostFinalize' } : { before }),
        span: node.span,
      });
    }
  };
}

export const customActionLowerings: Lowerings = {
  CustomAction: lowerCustomAction,
  CustomActionRef: (node, _scope, context) => context.reference('CustomAction', node.need('Id'), node.spanOf('Id')),
  SetProperty: lowerSetter(51),
  SetDirectory: lowerSetter(35),
};
