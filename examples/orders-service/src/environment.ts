/** What both workers take from their environment. */

export interface Environment {
  /** Folder of the order book. */
  readonly folder: string;
  /** Port of the HTTP interface, on this machine only; 0 for any that is free. */
  readonly port: number;
  /** Time between two rounds of the fulfilment. */
  readonly intervalMs: number;
}

/** @throws RangeError for a number that is none. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  return {
    folder: env.ORDERS_FOLDER ?? 'orders-data',
    port: numberFrom(env, 'ORDERS_PORT', { fallback: 8321, least: 0, greatest: 65_535 }),
    intervalMs: numberFrom(env, 'ORDERS_INTERVAL_MS', { fallback: 5_000, least: 10, greatest: 3_600_000 }),
  };
}

function numberFrom(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  { fallback, least, greatest }: { fallback: number; least: number; greatest: number },
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= greatest) return value;
  throw new RangeError(`Cannot use ${name}: found "${text}", wanted a whole number from ${least} to ${greatest}`);
}
