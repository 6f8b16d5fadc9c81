/**
 * Recovery settings of a service, from where a package may have them: the registry value `FailureActions`
 * (SERVICE_FAILURE_ACTIONS_WOW64, [MS-SCMR] 2.2.37) or the MsiServiceConfigFailureActions table.
 */
import type { Row } from './database-view.ts';

export interface FailureAction {
  /** 0 none, 1 restart, 2 reboot, 3 run a command. */
  readonly type: number;
  readonly delayMs: number;
}

export interface FailureActions {
  /** Undefined for never. */
  readonly resetSeconds?: number;
  readonly actions: readonly FailureAction[];
}

export type FailureActionsResult =
  | { readonly ok: true; readonly value: FailureActions }
  /** Reads after "found". */
  | { readonly ok: false; readonly found: string };

const HEADER_BYTES = 20;
const ACTION_BYTES = 8;
const INFINITE = 0xffff_ffff;
const LAST_TYPE = 3;

/** Reads a Registry.Value such as `#x84030000…`. */
export function decodeFailureActions(value: string): FailureActionsResult {
  const hex = /^#x((?:[0-9a-f]{2})*)$/i.exec(value)?.[1];
  if (hex === undefined) return { ok: false, found: 'a value that is not binary' };
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length < HEADER_BYTES) return { ok: false, found: `${bytes.length} bytes` };
  const [resetSeconds, count, offset] = [bytes.readUInt32LE(0), bytes.readUInt32LE(12), bytes.readUInt32LE(16)];
  if (offset < HEADER_BYTES || offset + count * ACTION_BYTES > bytes.length) {
    return { ok: false, found: `${bytes.length} bytes for ${count} actions at ${offset}` };
  }
  const actions = Array.from({ length: count }, (_, index) => ({
    type: bytes.readUInt32LE(offset + index * ACTION_BYTES),
    delayMs: bytes.readUInt32LE(offset + index * ACTION_BYTES + 4),
  }));
  const unknown = actions.find(({ type }) => type > LAST_TYPE);
  if (unknown !== undefined) return { ok: false, found: `an action of type ${unknown.type}` };
  return { ok: true, value: { ...(resetSeconds === INFINITE ? {} : { resetSeconds }), actions } };
}

/** Reads a row of MsiServiceConfigFailureActions. Members that are no numbers are for ICE102; here they count as 0. */
export function failureActionsOf(row: Row): FailureActions {
  const delays = configList(row.text('DelayActions'));
  const actions = configList(row.text('Actions')).map((type, index) => ({
    type: Number(type) || 0,
    delayMs: Number(delays[index]) || 0,
  }));
  return { ...(row.isNull('ResetPeriod') ? {} : { resetSeconds: row.number('ResetPeriod') }), actions };
}

/** Members of a list separated by `[~]`. */
export function configList(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/(\[~\])+$/, '').split('[~]');
}
