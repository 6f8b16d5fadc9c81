import assert from 'node:assert/strict';
import { compareSnapshots, type MachineSnapshot } from './machine-snapshot.ts';
import type { Deployment } from './scenario.ts';

/**
 * Asserts that an uninstalled product left nothing but what the documentation says it leaves: the data folder, whose
 * logs and state are the customer's. Traces that the first installation of anything leaves are not the product's.
 */
export function assertNothingLeft(
  before: MachineSnapshot,
  after: MachineSnapshot,
  ...uninstalled: readonly Pick<Deployment, 'product'>[]
): void {
  const dataFolders = uninstalled.map(({ product }) => `added C:/ProgramData/${product.name}/`);
  const unexpected = changes(before, after).filter((line) => !dataFolders.some((folder) => line.startsWith(folder)));
  assert.deepEqual(unexpected, [], 'what the uninstalled product left, lost or changed');
}

/** The same, and not even data: after REMOVEDATA=1, or an installation that was refused or that failed. */
export function assertUntouched(before: MachineSnapshot, after: MachineSnapshot): void {
  assert.deepEqual(changes(before, after), [], 'what was left, lost or changed');
}

/** After a failed installation. */
export function assertRolledBack(before: MachineSnapshot, after: MachineSnapshot): void {
  const left = changes(before, after).filter((line) => !componentTrace.test(line) && !configurationTrace.test(line));
  assert.deepEqual(left, [], 'what the failed installation left, lost or changed');
}

/** What differs, without what the first installation of anything leaves. */
export function changes(before: MachineSnapshot, after: MachineSnapshot): string[] {
  return compareSnapshots(before, after).filter((line) => !systemTraces.some((trace) => trace.test(line)));
}

const systemTraces: readonly RegExp[] = [
  // Windows Installer's own containers, empty again.
  /^added C:\/windows\/Installer\/$/,
  /^added HKLM\\Software\\Classes\\Installer\\(Features|Products|UpgradeCodes)$/,
  /^added HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UpgradeCodes$/,
  /^added HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\(Components|Products)$/,
  // Wine writes the time of its own start here.
  /^changed HKLM\\System\\ControlSet001\\Control\\Class\\[^!]+!DriverDateData: /,
  // Removing the last value removes a key, and Wine then removes parents that are empty too. On a fresh prefix the log
  // Application has no source at all, which never is so on Windows.
  /^lost HKLM\\System\\ControlSet001\\Services\\Eventlog\\Application$/,
];

/** Wine's roll-back undoes the registration of components first, then registers them again. */
const componentTrace =
  /^added HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Components\\[0-9A-F]{32}$/;

/** Wine's roll-back passes over a component without a GUID; Windows deletes whatever the run made. */
const configurationTrace = /^added C:\/ProgramData\/[^/]+\/([^/]+\.yaml)?$/;
