/**
 * What the bytes of a service's `FailureActions` value say: SERVICE_FAILURE_ACTIONS_WOW64 ([MS-SCMR] 2.2.37), written out
 * here once more so that the package's own encoder is not its own judge.
 */
export interface FailureActions {
  readonly resetPeriodSeconds: number;
  readonly actions: readonly { readonly action: string; readonly delaySeconds: number }[];
}

/** `digits` as `reg query` shows binary data. @throws Error when the structure is not whole. */
export function decodeFailureActions(digits: string): FailureActions {
  const bytes = Buffer.from(digits, 'hex');
  const numbers = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));
  const [resetPeriodSeconds = 0, rebootMessage, command, count = 0, firstAction, ...rest] = numbers;
  if (rebootMessage !== 0 || command !== 0 || firstAction !== 20 || rest.length !== count * 2) {
    throw new Error(`Cannot read failure actions "${digits}": wanted a header of 20 bytes, then ${count} actions`);
  }
  const actions = Array.from({ length: count }, (_, index) => {
    const [type = -1, delayMs = 0] = rest.slice(index * 2);
    return { action: ['none', 'restart', 'reboot'][type] ?? `type ${type}`, delaySeconds: delayMs / 1000 };
  });
  return { resetPeriodSeconds, actions };
}
