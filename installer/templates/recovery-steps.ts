/** What the SCM does when the service fails: written as data, unless an administrator changed it. */
import type { ProductFile } from '../product/schema.ts';
import { failureActionsHex } from './failure-actions.ts';
import { type Step, set } from './step.ts';
import { formatted } from './wix-text.ts';

type Recovery = ProductFile['service']['recovery'];

export interface RecoveryView {
  readonly usual: string;
  /** For accounts with a password. */
  readonly withPassword: string;
}

/** Both forms as hexadecimal digits. */
export function recoveryView(recovery: Recovery): RecoveryView {
  return { usual: failureActionsHex(recovery), withPassword: failureActionsHex(endingWithNone(recovery)) };
}

/** The last action repeats without end; with a wrong password each try brings the account closer to its lock-out. */
function endingWithNone(recovery: Recovery): Recovery {
  const actions = recovery.actions.slice(0, recovery.actions.at(-1)?.action === 'none' ? -1 : undefined);
  return { ...recovery, actions: [...actions.slice(0, mostActions - 1), { action: 'none', delaySeconds: 0 }] };
}

const mostActions = 10;

/**
 * `RecoveryActions`: what this package would write, which it also keeps in the product's own key. `KeepRecovery`: the
 * service has something else than this product wrote last, so somebody chose it.
 */
export function recoverySteps({ usual, withPassword }: RecoveryView): readonly Step[] {
  return [
    set('RecoveryActions', formatted(usual), { variant: 'Usual' }),
    set('RecoveryActions', formatted(withPassword), { variant: 'WithPassword', condition: 'PasswordAccount' }),
    set('KeepRecovery', formatted('1'), {
      condition: 'EXISTINGRECOVERY AND EXISTINGRECOVERY <> WRITTENRECOVERY',
    }),
  ];
}
