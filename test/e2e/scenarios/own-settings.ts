import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWineRegistry } from '../machine-snapshot.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/** Properties that a product file adds, with values that are hard to get through a command line. */
export const scenario: Scenario = {
  description: "a product's own settings: spaces, quotes and any language; remembered, and refused when wrong",
  async run(context) {
    const { packages, step } = context;
    const settings = [
      { property: 'GREETING', description: 'What it says.', default: 'Hello' },
      {
        property: 'PORT',
        description: 'Where it listens.',
        type: 'integer',
        minimum: 1,
        maximum: 65_535,
        default: '80',
      },
    ];
    const deployed = await step('build a package with settings of its own', async () =>
      context.deployment(
        await packages.variant({ name: 'own-settings', change: (changed) => Object.assign(changed, { settings }) }),
      ),
    );
    await step('install with a value', async () => {
      assert.equal(await deployed.msiexec.install(`GREETING=${greeting}`), 0);
      await expectStored(context, { GREETING: greeting, PORT: '80' });
    });
    await step('again with another property: the first is remembered', async () => {
      assert.equal(await deployed.msiexec.install('PORT=65535'), 0);
      await expectStored(context, { GREETING: greeting, PORT: '65535' });
    });
    await step('a value out of bounds is refused', async () => {
      assert.notEqual(await deployed.msiexec.install('PORT=65536'), 0);
      await expectStored(context, { GREETING: greeting, PORT: '65535' });
    });
  },
};

/** One quotation mark: of a value with two, Wine's search takes over only what stands before the second. */
const greeting = 'Grüß Gott, 世界: 19" Rack; 100 % [sure] {x}';

/** Looks into Wine's own file: `reg query` has no letters for every language. Restarts the machine. */
async function expectStored(
  { machine, installed }: ScenarioContext,
  expected: Readonly<Record<string, string>>,
): Promise<void> {
  await machine.halt();
  const text = readFileSync(join(machine.folder, 'prefix', 'system.reg'), 'latin1');
  const prefix = `${installed.productKey.replace('SOFTWARE', 'Software')}\\Settings!`;
  const stored = [...parseWineRegistry('HKLM', text)].filter(([path]) => path.startsWith(prefix));
  const values = new Map(stored.map(([path, data]) => [path.slice(prefix.length), unescapeWine(data)]));
  for (const [name, value] of Object.entries(expected)) assert.equal(values.get(name), value, name);
  await machine.boot();
}

/** `"text"` with `\x` and hexadecimal digits for characters outside of ASCII. */
function unescapeWine(data: string): string {
  const text = data.replace(/^"|"$/g, '');
  return text.replaceAll(/\\x([0-9a-f]{1,4})|\\(.)/g, (_all, digits: string | undefined, character: string) =>
    digits === undefined ? character : String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
