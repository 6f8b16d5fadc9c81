/**
 * Searches that set a property at start. As in WiX, a search within a search finds its place relative to what is around
 * it, and the innermost gives the property its value.
 */
import * as problem from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import { fileName } from './file.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';
import { registryRoot } from './registry.ts';
import { addUpgradeRow, versionBits } from './upgrade.ts';

/** Type column of RegLocator, IniLocator and CompLocator. Source: the Windows Installer pages of these tables. */
const TYPES: Readonly<Record<string, number>> = { directory: 0, file: 1, raw: 2 };
const WIN64 = 16;
const ONLY_DETECT = 2;
const NESTED = ['DirectorySearch', 'DirectorySearchRef', 'FileSearch', 'FileSearchRef'];
export const searchElements: readonly string[] = [
  'ComplianceDrive',
  'ComponentSearch',
  'DirectorySearch',
  'DirectorySearchRef',
  'IniFileSearch',
  'RegistrySearch',
  'RegistrySearchRef',
];

/** Lowers the searches of a property or compliance check; the signatures that give the value. */
export function lowerSearches(node: ElementNode, context: LowerContext): readonly string[] {
  return node.children
    .filter(({ name }) => searchElements.includes(name))
    .flatMap((child) => lowerSearch(child, null, context) ?? []);
}

/** The signature that a search stands for; undefined when it is only a reference to a file that another search finds. */
function lowerSearch(node: ElementNode, parent: string | null, context: LowerContext): string | undefined {
  switch (node.name) {
    case 'ComponentSearch':
    case 'IniFileSearch':
    case 'RegistrySearch':
      return lowerLocator(node, context);
    case 'DirectorySearch':
      return lowerDirectorySearch(node, parent, context);
    case 'DirectorySearchRef':
      return lowerDirectorySearchRef(node, parent, context);
    case 'FileSearchRef':
      context.reference('Signature', node.need('Id'), node.spanOf('Id'));
      return node.need('Id');
    case 'RegistrySearchRef':
      context.reference('RegLocator', node.need('Id'), node.spanOf('Id'));
      return node.need('Id');
    case 'ComplianceDrive':
      return lowerNested(node, 'CCP_DRIVE', context);
    default:
      return lowerFileSearch(node, parent, { context, forDirectory: false });
  }
}

/** The one search within another; undefined when there is none. */
function lowerNested(node: ElementNode, parent: string, context: LowerContext): string | undefined {
  const [first, second] = node.children.filter(({ name }) => NESTED.includes(name));
  if (second !== undefined)
    context.report(
      problem.unusableCombination(second.span, node.name, 'it holds several searches, at most one is allowed'),
    );
  return first === undefined ? undefined : lowerSearch(first, parent, context);
}

/** Registry, component and INI file: what they find is a file, a folder or, for a file search within, the key to one. */
function lowerLocator(node: ElementNode, context: LowerContext): string | undefined {
  const id = node.need('Id');
  const nested = node.children.find(({ name }) => NESTED.includes(name));
  const inner = lowerNested(node, id, context);
  const takesKey = nested?.name === 'FileSearch' || nested?.name === 'FileSearchRef';
  const signature = takesKey ? (inner ?? id) : id;
  const [table, cells] = locatorRow(node, context);
  context.define(table, id, node.span);
  context.row(table, { Signature_: signature, ...cells }, node.span);
  return nested?.name === 'FileSearchRef' ? undefined : (inner ?? id);
}

function locatorRow(node: ElementNode, context: LowerContext): [string, Record<string, string | number | null>] {
  const type = TYPES[node.get('Type') ?? 'file'] ?? 1;
  if (node.name === 'ComponentSearch')
    return ['CompLocator', { ComponentId: canonicalGuid(node.need('Guid')), Type: type }];
  if (node.name === 'IniFileSearch') {
    const cells = { Section: node.need('Section'), Key: node.need('Key'), Field: node.integer('Field') ?? null };
    const name = fileName(node.need('Name'), node.get('ShortName'), 'IniFileSearch');
    return ['IniLocator', { FileName: name, ...cells, Type: type }];
  }
  const view = node.yes('Win64', context.architecture !== 'x86') ? WIN64 : 0;
  const key = { Root: registryRoot(node.need('Root')), Key: node.need('Key'), Name: node.orNull('Name') };
  return ['RegLocator', { ...key, Type: type | view }];
}

function lowerDirectorySearch(node: ElementNode, parent: string | null, context: LowerContext): string {
  const id = node.need('Id');
  const assign = node.yes('AssignToProperty');
  const file = node.childrenNamed('FileSearch')[0];
  if (assign && node.children.length > 0 && file === undefined)
    context.report(
      problem.unusableCombination(
        node.spanOf('AssignToProperty'),
        node.name,
        'with "AssignToProperty" only a FileSearch may be in it',
      ),
    );
  const inner =
    assign && file !== undefined
      ? lowerFileSearch(file, id, { context, forDirectory: true })
      : lowerNested(node, id, context);
  const own = assign && inner !== undefined ? inner : id;
  context.define('DrLocator', drLocatorName(id, parent, node.orNull('Path')), node.span);
  context.imply('DrLocator', id, node.span);
  context.row(
    'DrLocator',
    { Signature_: own, Parent: parent, Path: node.orNull('Path'), Depth: node.integer('Depth') ?? null },
    node.span,
  );
  return assign ? id : (inner ?? id);
}

function drLocatorName(id: string, parent: string | null, path: string | null): string {
  return `${id}/${parent ?? ''}/${path ?? ''}`;
}

function lowerDirectorySearchRef(node: ElementNode, parent: string | null, context: LowerContext): string {
  const id = node.need('Id');
  if (node.has('Parent') && parent !== null)
    context.report(
      problem.unusableCombination(node.spanOf('Parent'), node.name, 'the search around it is its parent already'),
    );
  const name = drLocatorName(id, parent ?? node.orNull('Parent'), node.orNull('Path'));
  context.reference('DrLocator', name, node.spanOf('Id'));
  return lowerNested(node, id, context) ?? id;
}

function lowerFileSearch(
  node: ElementNode,
  parent: string | null,
  at: { readonly context: LowerContext; readonly forDirectory: boolean },
): string {
  const { context, forDirectory } = at;
  const id = node.get('Id') ?? parent ?? '';
  if (forDirectory && id === parent)
    context.report(
      problem.neededAttribute(node.span, node.name, '"Id" is needed, another than that of the DirectorySearch'),
    );
  const shortName = node.get('ShortName');
  const name = node.need('Name');
  context.define('Signature', id, node.span);
  context.row(
    'Signature',
    {
      Signature: id,
      FileName: shortName === undefined ? name : `${shortName}|${name}`,
      MinVersion: node.orNull('MinVersion'),
      MaxVersion: node.orNull('MaxVersion'),
      MinSize: node.integer('MinSize') ?? null,
      MaxSize: node.integer('MaxSize') ?? null,
      MinDate: dosDate(node.get('MinDate')),
      MaxDate: dosDate(node.get('MaxDate')),
      Languages: node.orNull('Languages'),
    },
    node.span,
  );
  // A file with a name of its own is tied to the folder in which it is looked for.
  if (id !== parent) {
    const link = forDirectory ? { Signature_: parent, Parent: id } : { Signature_: id, Parent: parent };
    context.row('DrLocator', { ...link, Path: null, Depth: null }, node.span);
  }
  return id;
}

/** `2024-05-06T07:08:10` as a DOS date in the upper and a DOS time in the lower 16 bits. */
function dosDate(text: string | undefined): number | null {
  const [, year, month, day, hours, minutes, seconds] = (
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(text ?? '') ?? []
  ).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = ((year - 1980) << 9) | (month << 5) | day;
  return date * 0x10000 + (((hours ?? 0) << 11) | ((minutes ?? 0) << 5) | ((seconds ?? 0) >> 1));
}

const lowerProductSearch: Lowering = (node, scope, context) => {
  if (!node.has('Minimum') && !node.has('Maximum'))
    context.report(problem.neededAttribute(node.span, node.name, 'at least one of "Minimum" and "Maximum" is needed'));
  addUpgradeRow(
    {
      upgradeCode: canonicalGuid(node.need('UpgradeCode')),
      min: node.orNull('Minimum'),
      max: node.orNull('Maximum'),
      language: node.orNull('Language'),
      attributes: ONLY_DETECT | versionBits(node),
      property: scope.property ?? '',
    },
    node,
    context,
  );
};

const lowerComplianceCheck: Lowering = (node, _scope, context) => {
  const [signature, ...others] = new Set(lowerSearches(node, context));
  if (signature === undefined || others.length > 0) {
    const found = 'it has to hold searches that all end in one and the same signature';
    context.report(problem.unusableCombination(node.span, node.name, found));
  } else context.row('CCPSearch', { Signature_: signature }, node.span);
};

/** The searches themselves are lowered by what is around them, which needs their signature. */
export const searchLowerings: Lowerings = {
  ...Object.fromEntries([...searchElements, ...NESTED].map((name) => [name, () => {}])),
  ProductSearch: lowerProductSearch,
  ComplianceCheck: lowerComplianceCheck,
};
