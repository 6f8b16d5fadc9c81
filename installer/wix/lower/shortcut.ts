/** Shortcut and ShortcutProperty. */
import * as problem from '../diagnostics.ts';
import { generatedId } from '../generated-names.ts';
import { fileName } from './file.ts';
import type { Lowering, Lowerings, Scope } from './lower-context.ts';

const SHOW: Readonly<Record<string, number>> = { normal: 1, maximized: 3, minimized: 7 };

const lowerShortcut: Lowering = (node, scope, context) => {
  const component = scope.component?.id ?? '';
  const directory = node.get('Directory') ?? scope.directory ?? '';
  for (const attribute of ['Directory', 'WorkingDirectory'])
    context.reference('Directory', node.get(attribute), node.spanOf(attribute));
  context.reference('Icon', node.get('Icon'), node.spanOf('Icon'));
  if (node.has('IconIndex') && !node.has('Icon') && node.childrenNamed('Icon').length === 0)
    context.report(problem.neededAttribute(node.span, 'Shortcut', '"IconIndex" needs "Icon"'));
  const advertised = node.yes('Advertise');
  if (node.has('Target') && (advertised || scope.parent !== 'Component'))
    context.report(
      problem.unusableCombination(
        node.spanOf('Target'),
        'Shortcut',
        advertised
          ? 'an advertised shortcut leads to the key path of its component, "Target" has no meaning'
          : `it leads to the ${scope.parent} around it, "Target" has no meaning`,
      ),
    );
  if (!node.has('Directory') && scope.parent !== 'Component')
    context.report(problem.neededAttribute(node.span, 'Shortcut', '"Directory" is needed outside of a Component'));
  const id = node.need('Id');
  context.define('Shortcut', id, node.span);
  context.row(
    'Shortcut',
    {
      Shortcut: id,
      Directory_: directory,
      Name: fileName(node.need('Name'), node.get('ShortName'), 'Shortcut', component, directory),
      Component_: component,
      Target: advertised ? { featureOf: component } : (node.get('Target') ?? defaultTarget(scope)),
      Arguments: node.orNull('Arguments'),
      Description: node.orNull('Description'),
      Hotkey: node.integer('Hotkey') ?? null,
      Icon_: node.childrenNamed('Icon')[0]?.need('Id') ?? node.orNull('Icon'),
      IconIndex: node.integer('IconIndex') ?? null,
      ShowCmd: SHOW[node.get('Show') ?? ''] ?? null,
      WkDir: node.orNull('WorkingDirectory'),
      DisplayResourceDLL: node.orNull('DisplayResourceDll'),
      DisplayResourceId: node.integer('DisplayResourceId') ?? null,
      DescriptionResourceDLL: node.orNull('DescriptionResourceDll'),
      DescriptionResourceId: node.integer('DescriptionResourceId') ?? null,
    },
    node.span,
  );
  context.lowerChildren(node, { ...scope, shortcut: id });
};

/** A shortcut within a File points at it; elsewhere, at the folder. */
function defaultTarget(scope: Scope): string {
  return scope.file === undefined ? `[${scope.directory ?? ''}]` : `[#${scope.file}]`;
}

export const shortcutLowerings: Lowerings = {
  Shortcut: lowerShortcut,
  ShortcutProperty: (node, scope, context) => {
    const value = node.orNull('Value') ?? (node.text || null);
    if (value === null || (node.has('Value') && node.text !== ''))
      context.report(
        problem.neededAttribute(node.span, 'ShortcutProperty', 'a value is needed, either as "Value" or as text'),
      );
    const id = node.get('Id') ?? generatedId('scp', scope.shortcut, node.need('Key').toUpperCase());
    context.define('MsiShortcutProperty', id, node.span);
    context.row(
      'MsiShortcutProperty',
      {
        MsiShortcutProperty: id,
        Shortcut_: scope.shortcut ?? '',
        PropertyKey: node.need('Key'),
        PropVariantValue: value,
      },
      node.span,
    );
  },
};
