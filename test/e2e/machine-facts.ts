import type { RegistryKey } from '../support/wine/reg-query.ts';
import type { WinePrefix } from '../support/wine/wine-prefix.ts';

/** What Windows itself records about installed products and services, read by `reg query`. */

/** A service's key as text: strings as they are, numbers such as `0x2`, binary data as upper-case hexadecimal digits. */
export async function serviceValues(machine: WinePrefix, serviceKey: string): Promise<(name: string) => string> {
  const key = keyAt(await machine.regQuery(serviceKey), serviceKey);
  return (name) => key?.values.get(name)?.data ?? '';
}

/** One registry value as text, `undefined` when it does not exist. */
export async function registryValue(machine: WinePrefix, path: string, name: string): Promise<string | undefined> {
  return keyAt(await machine.regQuery(path), path)?.values.get(name)?.data;
}

/** Versions of the product in Apps & features, by display name: one for each entry. */
export async function listedVersions(machine: WinePrefix, productName: string): Promise<string[]> {
  const keys = await machine.regQuery('HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall');
  const listed = keys.filter(({ values }) => values.get('DisplayName')?.data === productName);
  return listed.map(({ values }) => values.get('DisplayVersion')?.data ?? '');
}

/** The key itself among the keys below it; `reg query` spells the hive out. */
function keyAt(keys: readonly RegistryKey[], path: string): RegistryKey | undefined {
  const wanted = path.replace(/^HKLM\\/, 'HKEY_LOCAL_MACHINE\\').toLowerCase();
  return keys.find((key) => key.path.toLowerCase() === wanted);
}
