/** The part of the template's view that is about the service: registration, registry values, recovery. */
import { nameBasedGuid } from '../name-based-guid.ts';
import type { Product } from '../product/load-product.ts';
import { serviceRegistryKey, writtenRecoveryName } from './property-steps.ts';
import { recoveryView } from './recovery-steps.ts';
import { type RegisteredStart, registeredStart, startsService, writesStart } from './start-type-steps.ts';
import { formatted, formattedLiteral, literal, type WixText } from './wix-text.ts';

export interface ServiceView {
  readonly name: WixText;
  readonly displayName: WixText;
  readonly description: WixText;
  readonly arguments: WixText;
  /** Below HKEY_LOCAL_MACHINE. */
  readonly registryKey: WixText;
  readonly imagePath: WixText;
  readonly start: RegisteredStart;
  readonly startCondition: WixText;
  readonly writesStart: WixText;
  readonly dependencies: readonly { readonly id: WixText; readonly group: 'yes' | 'no' }[];
  readonly requiredPrivileges: readonly string[];
  readonly preshutdownMs: number;
  readonly failureActionsWhen: 'failedToStop' | 'failedToStopOrReturnedError';
  readonly writtenRecoveryName: string;
  /** Exactly one condition holds, unless an administrator's choice is kept: then none. */
  readonly recovery: readonly {
    readonly id: string;
    readonly guid: WixText;
    readonly failureActions: string;
    readonly condition: WixText;
  }[];
}

export function serviceView(product: Product): ServiceView {
  const { service, executable } = product;
  const verb = ['service', ...service.arguments.map(quoteArgument)].join(' ');
  return {
    name: formattedLiteral(service.name),
    displayName: formattedLiteral(service.displayName),
    description: formattedLiteral(service.description),
    arguments: formattedLiteral(verb),
    registryKey: serviceRegistryKey(service.name),
    imagePath: formatted(`"[INSTALLDIR]${formattedLiteral(executable)}.exe" ${formattedLiteral(verb)}`),
    start: registeredStart(service.startType),
    startCondition: literal(startsService),
    writesStart: literal(writesStart(registeredStart(service.startType))),
    dependencies: service.dependencies.map((name) =>
      name.startsWith('+')
        ? { id: formattedLiteral(name.slice(1)), group: 'yes' }
        : { id: formattedLiteral(name), group: 'no' },
    ),
    requiredPrivileges: service.requiredPrivileges,
    preshutdownMs: service.preshutdownSeconds * 1000,
    failureActionsWhen: service.recovery.onNonCrashFailures ? 'failedToStopOrReturnedError' : 'failedToStop',
    writtenRecoveryName,
    recovery: recoveryComponents(product),
  };
}

function recoveryComponents(product: Product): ServiceView['recovery'] {
  const { usual, withPassword } = recoveryView(product.service.recovery);
  const component = (id: string, failureActions: string, condition: string) => ({
    id,
    guid: componentGuid(product, id),
    failureActions,
    condition: literal(`NOT KeepRecovery AND ${condition}`),
  });
  return [
    component('Recovery', usual, 'NOT PasswordAccount'),
    component('RecoveryWithPassword', withPassword, 'PasswordAccount'),
  ];
}

/** An argument for a Windows command line; the schema lets no quotes in. A trailing backslash would escape the quote. */
function quoteArgument(argument: string): string {
  return /[\s]|^$/.test(argument) ? `"${argument.replace(/\\+$/, '$&$&')}"` : argument;
}

/** A stable id for a component that has no file to derive one from. */
export function componentGuid({ upgradeCode }: Product, role: string): WixText {
  return literal(nameBasedGuid(role, upgradeCode));
}
