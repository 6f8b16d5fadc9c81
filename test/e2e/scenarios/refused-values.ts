import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bytesReader } from '../../../installer/formats/byte-source.ts';
import { decodeMsi } from '../../../installer/formats/msi/index.ts';
import { assertUntouched } from '../leftovers.ts';
import { takeSnapshot } from '../machine-snapshot.ts';
import { msiexecLogs } from '../msiexec.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Wine's log names the action that ended the run but leaves its text out; the text is taken from the package's table then.
 */
export const scenario: Scenario = {
  description: 'wrong values are refused before anything changes, in words that say what is allowed',
  async run({ machine, packages, msiexec, step }) {
    const before = await step('look at the fresh machine', () => takeSnapshot(machine));
    const messages = await customActionTargets(packages.underTest.msi);
    for (const { properties, says } of refusals) {
      await step(properties.join(' '), async () => {
        assert.equal(await msiexec.install(...properties), ERROR_INSTALL_FAILURE);
        const refusal = endedBy(msiexecLogs(machine).at(-1)?.text ?? '');
        assert.ok(refusal !== undefined, 'no action has ended the run');
        assert.match(messages.get(refusal) ?? '', says, refusal);
      });
    }
    await step('nothing has changed', async () => assertUntouched(before, await takeSnapshot(machine)));
  },
};

const ERROR_INSTALL_FAILURE = 1603;

const refusals: readonly { readonly properties: readonly string[]; readonly says: RegExp }[] = [
  { properties: ['STARTTYPE=sometimes'], says: /^STARTTYPE is .* expected auto, delayed, demand or disabled/ },
  { properties: ['STARTTYPE=Auto'], says: /^STARTTYPE is / },
  { properties: ['PROFILE=live'], says: /^PROFILE is .* expected dev, test or prod/ },
  { properties: ['NOSTART=yes'], says: /^NOSTART is .* expected 1 or 0/ },
  { properties: ['SERVICEACCOUNT=vigil', 'SERVICEPASSWORD=x'], says: /^SERVICEACCOUNT is .* expected LocalSystem, / },
  { properties: ['SERVICEACCOUNT=NT SERVICE\\Another'], says: /^SERVICEACCOUNT is / },
  { properties: ['SERVICEACCOUNT=NT AUTHORITY\\Nobody'], says: /^SERVICEACCOUNT is / },
  { properties: ['SERVICEACCOUNT=CORP\\svc'], says: /^SERVICEPASSWORD is missing/ },
  { properties: ['SERVICEPASSWORD=secret'], says: /^SERVICEPASSWORD is given, but / },
  { properties: ['INSTALLDIR=C:\\'], says: /^INSTALLDIR is .* expected the full path of a folder on a local drive/ },
  {
    properties: ['DATADIR=\\\\server\\share'],
    says: /^DATADIR is .* expected the full path of a folder on a local drive/,
  },
  { properties: ['INSTALLDIR=C:\\D\\Program', 'DATADIR=C:\\D'], says: /expected a folder outside of DATADIR/ },
];

/** Names of custom actions and their Target, which for type 19 is the message. */
async function customActionTargets(msi: string): Promise<ReadonlyMap<string, string>> {
  const { tables } = await decodeMsi(bytesReader(readFileSync(msi)));
  const rows = tables.find(({ name }) => name === 'CustomAction')?.rows ?? [];
  return new Map(rows.map(([name, , , target]) => [String(name), String(target)]));
}

/** The action after which the log says that the run failed; 1 would be success. */
function endedBy(log: string): string | undefined {
  return /^Action ended [\d:]+: (Refuse\w+)\. Return value (?!1\.)/m.exec(log)?.[1];
}
