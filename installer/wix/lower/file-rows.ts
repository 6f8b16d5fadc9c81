/** Rows of other tables that attributes of a File make: assemblies, fonts, self-registration, import binding. */
import * as problem from '../diagnostics.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext } from './lower-context.ts';

/** MsiAssembly.Attributes. Source: Windows Installer "MsiAssembly Table". */
const ASSEMBLY: Readonly<Record<string, number>> = { '.net': 0, win32: 1 };

export function lowerFileRows(
  node: ElementNode,
  at: { readonly id: string; readonly component: string; readonly context: LowerContext },
): void {
  const { id, context } = at;
  lowerAssembly(node, at);
  if (node.has('BindPath')) context.row('BindImage', { File_: id, Path: node.orNull('BindPath') }, node.span);
  const cost = node.integer('SelfRegCost');
  if (cost !== undefined) context.row('SelfReg', { File_: id, Cost: cost }, node.span);
  // The title of a TrueType font is in the font itself.
  if (node.yes('TrueType')) context.row('Font', { File_: id, FontTitle: null }, node.span);
  else if (node.has('FontTitle')) context.row('Font', { File_: id, FontTitle: node.need('FontTitle') }, node.span);
}

function lowerAssembly(
  node: ElementNode,
  { component, context }: { readonly component: string; readonly context: LowerContext },
): void {
  const attributes = ASSEMBLY[node.get('Assembly') ?? 'no'];
  const references = ['AssemblyApplication', 'AssemblyManifest'];
  if (attributes === undefined) {
    for (const attribute of references.filter((name) => node.has(name)))
      context.report(problem.neededAttribute(node.spanOf(attribute), 'File', `"${attribute}" needs "Assembly"`));
    return;
  }
  for (const attribute of references) context.reference('File', node.get(attribute), node.spanOf(attribute));
  if (node.get('Assembly') === 'win32' && !node.has('AssemblyManifest'))
    context.report(problem.neededAttribute(node.span, 'File', 'Assembly="win32" needs "AssemblyManifest"'));
  if (node.get('KeyPath') === 'no')
    context.report(problem.unusableCombination(node.spanOf('KeyPath'), 'File', 'an assembly has to be the key path'));
  context.row(
    'MsiAssembly',
    {
      Component_: component,
      Feature_: { featureOf: component },
      File_Manifest: node.orNull('AssemblyManifest'),
      File_Application: node.orNull('AssemblyApplication'),
      Attributes: attributes,
    },
    node.span,
  );
}
