/** ServiceConfig (MsiServiceConfig) and ServiceConfigFailureActions. */
import * as problem from '../diagnostics.ts';
import { generatedId } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

const FAILURE: Readonly<Record<string, number>> = { none: 0, restartService: 1, restartComputer: 2, runCommand: 3 };

interface Setting {
  readonly suffix: string;
  /** MsiServiceConfig.ConfigType. Source: Windows Installer "MsiServiceConfig Table". */
  readonly configType: number;
  readonly argument: (node: ElementNode) => string | undefined;
}

const settings: readonly Setting[] = [
  { suffix: 'DS', configType: 3, argument: word('DelayedAutoStart', { no: '0', yes: '1' }) },
  {
    suffix: 'FA',
    configType: 4,
    argument: word('FailureActionsWhen', { failedToStop: '0', failedToStopOrReturnedError: '1' }),
  },
  { suffix: 'SS', configType: 5, argument: word('ServiceSid', { none: '0', unrestricted: '1', restricted: '3' }) },
  { suffix: 'RP', configType: 6, argument: privileges },
  { suffix: 'PD', configType: 7, argument: (node) => node.get('PreShutdownDelay') },
];

/** Value of an attribute that takes certain words or else a formatted text. */
function word(attribute: string, words: Readonly<Record<string, string>>): Setting['argument'] {
  return (node) => {
    const value = node.get(attribute);
    return value === undefined ? undefined : (words[value] ?? value);
  };
}

function privileges(node: ElementNode): string | undefined {
  const names = node.childrenNamed('RequiredPrivilege').map((child) => child.text);
  return names.length === 0 ? undefined : names.join('[~]');
}

/** The service and the events a configuration is for; undefined, and reported, when either is not said. */
function target(node: ElementNode, scope: Scope, context: LowerContext): { name: string; event: number } | undefined {
  const name = node.get('ServiceName') ?? scope.service?.name;
  const event = (node.yes('OnInstall') ? 1 : 0) | (node.yes('OnUninstall') ? 2 : 0) | (node.yes('OnReinstall') ? 4 : 0);
  if (name === undefined)
    context.report(
      problem.neededAttribute(node.span, node.name, '"ServiceName" is needed outside of a ServiceInstall'),
    );
  if (event === 0)
    context.report(
      problem.neededAttribute(
        node.span,
        node.name,
        'at least one of "OnInstall", "OnReinstall" and "OnUninstall" has to be yes',
      ),
    );
  return name === undefined || event === 0 ? undefined : { name, event };
}

const lowerServiceConfig: Lowering = (node, scope, context) => {
  const at = target(node, scope, context);
  if (at === undefined) return;
  const component = scope.component?.id ?? '';
  const id = node.get('Id') ?? generatedId('msc', component, at.name);
  checkWords(node, context);
  let count = 0;
  for (const { suffix, configType, argument } of settings) {
    const value = argument(node);
    if (value === undefined) continue;
    count += 1;
    context.define('MsiServiceConfig', `${id}.${suffix}`, node.span);
    context.row(
      'MsiServiceConfig',
      {
        MsiServiceConfig: `${id}.${suffix}`,
        Name: at.name,
        Event: at.event,
        ConfigType: configType,
        Argument: value || null,
        Component_: component,
      },
      node.span,
    );
  }
  if (count === 0)
    context.report(
      problem.neededAttribute(
        node.span,
        'ServiceConfig',
        'it configures nothing, give it a setting such as "DelayedAutoStart"',
      ),
    );
};

/** Words of enumerations are checked here, since a formatted text is allowed in their place. */
function checkWords(node: ElementNode, context: LowerContext): void {
  const wanted: Readonly<Record<string, RegExp>> = {
    DelayedAutoStart: /^(?:yes|no|[01])$/,
    FailureActionsWhen: /^(?:failedToStop|failedToStopOrReturnedError|[01])$/,
    ServiceSid: /^(?:none|unrestricted|restricted|[013])$/,
    PreShutdownDelay: /^\d+$/,
  };
  for (const [attribute, pattern] of Object.entries(wanted)) {
    const value = node.get(attribute);
    if (value === undefined || pattern.test(value) || /\[.+\]/.test(value)) continue;
    const at = {
      element: 'ServiceConfig',
      attribute,
      value,
      wanted: `${pattern.source.replace(/[\^$?:()]/g, '').replaceAll('|', ', ')} or a formatted text`,
    };
    context.report(problem.badAttributeValue(node.spanOf(attribute), at));
  }
}

const lowerFailureActions: Lowering = (node, scope, context) => {
  const at = target(node, scope, context);
  if (at === undefined) return;
  const component = scope.component?.id ?? '';
  const id = node.get('Id') ?? generatedId('msf', component, at.name);
  const failures = node.childrenNamed('Failure');
  const list = (values: readonly (string | number)[]) => (values.length === 0 ? null : values.join('[~]'));
  context.define('MsiServiceConfigFailureActions', id, node.span);
  context.row(
    'MsiServiceConfigFailureActions',
    {
      MsiServiceConfigFailureActions: id,
      Name: at.name,
      Event: at.event,
      ResetPeriod: node.integer('ResetPeriod') ?? null,
      RebootMessage: node.orNull('RebootMessage') ?? '[~]',
      Command: node.orNull('Command') ?? '[~]',
      Actions: list(failures.map((failure) => FAILURE[failure.need('Action')] ?? 0)),
      DelayActions: list(failures.map((failure) => failure.integer('Delay') ?? 0)),
      Component_: component,
    },
    node.span,
  );
};

export const serviceConfigLowerings: Lowerings = {
  ServiceConfig: lowerServiceConfig,
  RequiredPrivilege: () => {},
  ServiceConfigFailureActions: lowerFailureActions,
  Failure: () => {},
};
