/**
 * Runs of the default package, computed from its tables; the run before leaves its registry to the next. That Windows and
 * Wine do what the tables say is for the end-to-end scenarios.
 */
import { path, type Registry, type RunResult, runMsi } from '../support/msi-run.ts';
import { compileProduct } from './support.ts';

const product = await compileProduct({ service: { startType: 'auto' } });
const nextVersion = await compileProduct({ version: '1.3.0' });

export type Properties = Readonly<Record<string, string>>;

export const install = (properties: Properties = {}, registry?: Registry) =>
  runMsi(product.database, { properties, ...(registry === undefined ? {} : { registry }) });
export const again = (registry: Registry, properties: Properties = {}) =>
  runMsi(product.database, { registry, properties: { Installed: '00:00:00', ...properties } });
export const repair = (registry: Registry) => again(registry, { REINSTALL: 'ALL', REINSTALLMODE: 'omus' });
export const upgrade = (registry: Registry, properties: Properties = {}) =>
  runMsi(nextVersion.database, { registry, properties: { WIX_UPGRADE_DETECTED: '{OLD}', ...properties } });
export const uninstall = (registry: Registry, properties: Properties = {}) =>
  again(registry, { REMOVE: 'ALL', ...properties });
/** The old version as the new one removes it. */
export const removeForUpgrade = (registry: Registry, properties: Properties = {}) =>
  uninstall(registry, { UPGRADINGPRODUCTCODE: '{NEW}', ...properties });

export const serviceKey = 'SYSTEM\\CurrentControlSet\\Services\\Vigil';
const productKey = 'SOFTWARE\\Vigil Project\\Vigil';
export const settingsKey = `${productKey}\\Settings`;

/** The registry with what an administrator changed in the Services console. */
export const edited = (registry: Registry, values: Properties): Registry =>
  new Map([...registry, ...Object.entries(values).map(([name, value]) => [path(serviceKey, name), value] as const)]);
export const withoutService = (registry: Registry): Registry =>
  new Map([...registry].filter(([name]) => !name.startsWith(serviceKey.toLowerCase())));
export const serviceValue = ({ registry }: RunResult, name: string): string | undefined =>
  registry.get(path(serviceKey, name));

export const local = 'NT AUTHORITY\\LocalService';
export const user = { SERVICEACCOUNT: 'CORP\\svc', SERVICEPASSWORD: 'secret' };
export const asUser = install(user).registry;
export const asDefault = install().registry;

/** Registered anew, kept, or not at all; with the account and start type that Windows has in the end. */
export function outcome(run: RunResult): string {
  if (run.refusal !== undefined) return `refused: ${run.refusal}`;
  const registered = run.actions.has('InstallServices') ? 'registered' : 'kept';
  const started = run.actions.has('StartServices') ? 'started' : 'not started';
  const delayed = serviceValue(run, 'DelayedAutostart') === '#1' ? ' delayed' : '';
  return `${registered}, ${serviceValue(run, 'ObjectName')}, ${serviceValue(run, 'Start')}${delayed}, ${started}`;
}
