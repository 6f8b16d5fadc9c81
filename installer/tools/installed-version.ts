import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of an npm package that the toolchain depends on, as installed. */
export function installedVersion(name: string): string {
  const file = findPackageJSON(name, import.meta.url);
  if (file === undefined) throw new Error(`Cannot find the package "${name}": run "npm ci"`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
