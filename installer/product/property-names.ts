/** Names of MSI properties that a product may not give to settings of its own. */
import { standardProperties } from '../validate/property-names.ts';

/** Public properties that every package of this toolchain has. `settings.ts` says what they mean. */
export const builtInProperties = [
  'INSTALLDIR',
  'DATADIR',
  'SERVICEACCOUNT',
  'SERVICEPASSWORD',
  'STARTTYPE',
  'NOSTART',
  'PROFILE',
  'REMOVEDATA',
] as const;

export type BuiltInProperty = (typeof builtInProperties)[number];

/** Beginnings of names that Windows Installer, WiX and the template use for themselves. */
const takenPrefixes = ['ARP', 'EXISTING', 'MSI', 'REMEMBERED_', 'WIX', 'WRITTEN'] as const;

/** Why `name` cannot be the property of a product's own setting; undefined when it can. */
export function whyTaken(name: string): string | undefined {
  if (builtInProperties.some((property) => property === name)) return 'every package has that property already';
  if (standardProperties.has(name)) return 'it is a property of Windows Installer';
  const prefix = takenPrefixes.find((beginning) => name.startsWith(beginning));
  return prefix === undefined ? undefined : `names that start with ${prefix} are taken`;
}
