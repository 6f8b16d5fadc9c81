/** Environment. The Name column carries the action as prefixes. Source: Windows Installer "Environment Table". */
import type { ElementNode } from './element-node.ts';
import type { Lowerings } from './lower-context.ts';

const ACTION: Readonly<Record<string, string>> = { create: '+', set: '=', remove: '!' };

export const environmentLowerings: Lowerings = {
  Environment: (node, scope, context) => {
    const prefix = `${ACTION[node.get('Action') ?? ''] ?? ''}${node.yes('Permanent') ? '' : '-'}${node.yes('System') ? '*' : ''}`;
    context.define('Environment', node.need('Id'), node.span);
    context.row(
      'Environment',
      {
        Environment: node.need('Id'),
        Name: prefix + node.need('Name'),
        Value: value(node),
        Component_: scope.component?.id ?? '',
      },
      node.span,
    );
  },
};

/** `[~]` marks where the present value stays. */
function value(node: ElementNode): string | null {
  const text = node.get('Value') ?? '';
  const separator = node.get('Separator') ?? ';';
  const part = node.get('Part') ?? 'all';
  if (part === 'first') return `${text}${separator}[~]`;
  if (part === 'last') return `[~]${separator}${text}`;
  return text || null;
}
