/**
 * The registry form of a service's recovery settings: value `FailureActions` (REG_BINARY) below
 * `HKLM\SYSTEM\CurrentControlSet\Services\<name>`, structure SERVICE_FAILURE_ACTIONS_WOW64 ([MS-SCMR] 2.2.37).
 */
import type { ProductFile } from '../product/schema.ts';

type Recovery = ProductFile['service']['recovery'];

/** SC_ACTION_TYPE ([MS-SCMR] 2.2.40). */
const actionTypes: Readonly<Record<Recovery['actions'][number]['action'], number>> = { none: 0, restart: 1, reboot: 2 };
const headerBytes = 20;

/**
 * Upper-case hexadecimal digits of: u32 reset period in seconds, offsets of reboot message and command (none), number of
 * actions, offset of the actions; then per action u32 type and u32 delay in milliseconds. All little-endian.
 */
export function failureActionsHex({ resetPeriodSeconds, actions }: Recovery): string {
  const header = [resetPeriodSeconds, 0, 0, actions.length, headerBytes];
  const body = actions.flatMap(({ action, delaySeconds }) => [actionTypes[action], delaySeconds * 1000]);
  const bytes = Buffer.alloc(headerBytes + body.length * 4);
  for (const [index, value] of [...header, ...body].entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes.toString('hex').toUpperCase();
}
