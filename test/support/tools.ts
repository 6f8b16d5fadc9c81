import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Says whether a foreign program that a test uses as referee is there. Source of truth: PATH.
 * Locally an absent tool means `false`, so that the caller can skip; with `CI=true` it is an error, because a test that
 * silently did not run proves nothing. `npm test` installs what is missing when it runs as root on Debian or Ubuntu.
 */
const debianPackageOf: Readonly<Record<string, string>> = {
  cabextract: 'cabextract',
  msibuild: 'msitools',
  msidiff: 'msitools',
  msidump: 'msitools',
  msiextract: 'msitools',
  msiinfo: 'msitools',
  osslsigncode: 'osslsigncode',
  wixl: 'wixl',
  xmllint: 'libxml2-utils',
};

/**
 * `true` when `name` can be run. Otherwise says once on standard error which Debian package has it and returns `false`;
 * use as `test.skipIf(!requireTool('msiinfo'))`.
 * @throws Error when the tool is absent and the environment says `CI=true`.
 */
export function requireTool(name: string): boolean {
  if (findOnPath(name) !== undefined) return true;
  const debianPackage = debianPackageOf[name];
  const cure = debianPackage === undefined ? '' : `; the Debian package is "${debianPackage}"`;
  const message = `Cannot run "${name}": it is not on PATH${cure}`;
  if (process.env.CI === 'true') throw new Error(message);
  if (!reported.has(name)) {
    reported.add(name);
    console.warn(`${message}. Its tests are skipped.`);
  }
  return false;
}

/** Absolute path of the first executable file called `name` on PATH. */
export function findOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

const reported = new Set<string>();

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
