import assert from 'node:assert/strict';
import { compareSnapshots, type MachineSnapshot } from './machine-snapshot.ts';
import type { ScenarioContext } from './scenario.ts';

/**
 * Asserts that an uninstalled product left nothing but what the documentation says it leaves: the data folder, whose
 * logs and state are the customer's. Traces that the first installation of anything leaves are not the product's.
 */
export function assertNothingLeft(before: MachineSnapshot, after: MachineSnapshot, { product }: ScenarioContext): void {
  const dataFolder = `added C:/ProgramData/${product.name}/`;
  const unexpected = compareSnapshots(before, after).filter(
    (line) => !line.startsWith(dataFolder) && !systemTraces.some((trace) => trace.test(line)),
  );
  assert.deepEqual(unexpected, [], 'what the uninstalled product left, lost or changed');
}

const systemTraces: readonly RegExp[] = [
  // Windows Installer's own containers, empty again.
  /^added C:\/windows\/Installer\/$/,
  /^added HKLM\\Software\\Classes\\Installer\\(Features|Products|UpgradeCodes)$/,
  /^added HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UpgradeCodes$/,
  /^added HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\(Components|Products)$/,
  // Wine writes the time of its own start here.
  /^changed HKLM\\System\\ControlSet001\\Control\\Class\\[^!]+!DriverDateData: /,
];
