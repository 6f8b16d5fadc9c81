/** ServiceInstall and ServiceControl. */
import * as problem from '../diagnostics.ts';
import { identifierFromName } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import type { Lowering, Lowerings } from './lower-context.ts';

// Source of the numbers: Windows Installer "ServiceInstall Table" and "ServiceControl Table".
const TYPE: Readonly<Record<string, number>> = { ownProcess: 0x10, shareProcess: 0x20 };
const INTERACTIVE = 0x100;
const START: Readonly<Record<string, number>> = { auto: 2, demand: 3, disabled: 4 };
const ERROR_CONTROL: Readonly<Record<string, number>> = { ignore: 0, normal: 1, critical: 3 };
const VITAL = 0x8000;
const EVENTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Start: { install: 1, uninstall: 16, both: 17 },
  Stop: { install: 2, uninstall: 32, both: 34 },
  Remove: { install: 8, uninstall: 128, both: 136 },
};

const lowerServiceInstall: Lowering = (node, scope, context) => {
  const name = node.need('Name');
  const id = node.get('Id') ?? identifierFromName(name);
  if (node.yes('EraseDescription') && node.has('Description')) {
    context.report(problem.conflictingAttributes(node.span, 'ServiceInstall', ['Description', 'EraseDescription']));
  }
  context.define('ServiceInstall', id, node.span);
  context.row(
    'ServiceInstall',
    {
      ServiceInstall: id,
      Name: name,
      DisplayName: node.orNull('DisplayName'),
      ServiceType: (TYPE[node.need('Type')] ?? 0) | (node.yes('Interactive') ? INTERACTIVE : 0),
      StartType: START[node.need('Start')] ?? 0,
      ErrorControl: (ERROR_CONTROL[node.need('ErrorControl')] ?? 0) | (node.yes('Vital') ? VITAL : 0),
      LoadOrderGroup: node.orNull('LoadOrderGroup'),
      Dependencies: dependencies(node),
      StartName: node.orNull('Account'),
      Password: node.orNull('Password'),
      Arguments: node.orNull('Arguments'),
      Component_: scope.component?.id ?? '',
      Description: node.yes('EraseDescription') ? '[~]' : node.orNull('Description'),
    },
    node.span,
  );
  context.lowerChildren(node, { ...scope, service: { id, name }, lockObject: { table: 'ServiceInstall', id } });
};

/** `a[~]b[~][~]`; a group has a `+` before its name. */
function dependencies(node: ElementNode): string | null {
  const names = node
    .childrenNamed('ServiceDependency')
    .map((child) => `${child.yes('Group') ? '+' : ''}${child.need('Id')}[~]`);
  return names.length === 0 ? null : `${names.join('')}[~]`;
}

const lowerServiceControl: Lowering = (node, scope, context) => {
  const event = Object.entries(EVENTS).reduce((bits, [name, values]) => bits | (values[node.get(name) ?? ''] ?? 0), 0);
  const parts = node.childrenNamed('ServiceArgument').map((child) => child.text);
  context.define('ServiceControl', node.need('Id'), node.span);
  context.row(
    'ServiceControl',
    {
      ServiceControl: node.need('Id'),
      Name: node.need('Name'),
      Event: event,
      Arguments: parts.length === 0 ? null : parts.join('[~]'),
      Wait: node.has('Wait') ? Number(node.yes('Wait')) : null,
      Component_: scope.component?.id ?? '',
    },
    node.span,
  );
};

export const serviceLowerings: Lowerings = {
  ServiceInstall: lowerServiceInstall,
  ServiceDependency: () => {},
  ServiceControl: lowerServiceControl,
  ServiceArgument: () => {},
};
