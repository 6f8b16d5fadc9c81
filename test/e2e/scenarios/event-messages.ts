import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  catalogueRevision,
  eventCatalogue,
  eventIdentifier,
  eventLanguages,
} from '../../../src/product/event-catalogue.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/**
 * What Event Viewer does with an event, without the Event Log itself, which Wine does not keep: from the name of the
 * source through the registry to the message file, and by FormatMessage to the text, for every event in each language.
 */
export const scenario: Scenario = {
  description: 'every event resolves to its text, in English and Chinese',
  async run(context) {
    const { machine, msiexec, product, step } = context;
    await step('msiexec /i /qn', async () => assert.equal(await msiexec.install('NOSTART=1'), 0));
    await step('the event source is registered', () => checkRegistration(context));
    await step('FormatMessage gives every text', () => checkTexts(context));
    await step('msiexec /x /qn', async () => assert.equal(await msiexec.uninstall(), 0));
    await step('the event source is gone', async () => {
      assert.deepEqual(await machine.regQuery(sourceKey(product.service.name)), []);
      assert.equal(existsSync(messageFile(context)), false, 'the message file is still there');
    });
  },
};

const events = Object.values(eventCatalogue);
const sourceKey = (source: string): string =>
  `HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${source}`;
const messageFile = ({ installed, product }: ScenarioContext): string =>
  join(installed.installFolder, `${product.executable}-messages.dll`);

async function checkRegistration(context: ScenarioContext): Promise<void> {
  const { machine, product } = context;
  const [key] = await machine.regQuery(sourceKey(product.service.name));
  const path = machine.toWindowsPath(messageFile(context));
  assert.deepEqual(Object.fromEntries(key?.values ?? []), {
    EventMessageFile: { type: 'REG_EXPAND_SZ', data: path },
    TypesSupported: { type: 'REG_DWORD', data: '0x1f' },
    CustomSource: { type: 'REG_DWORD', data: '0x1' },
  });
  assert.ok(readFileSync(messageFile(context)).byteLength > 0, basename(path));
}

async function checkTexts({ machine, product, tools }: ScenarioContext): Promise<string> {
  const languages = eventLanguages.map(({ languageId }) => languageId);
  const { output } = await machine.run([
    machine.toWindowsPath(tools.node),
    machine.toWindowsPath(tools.eventMessages),
    product.service.name,
    // 0 leaves the choice to the machine, which is an English one.
    [...languages, 0].join(','),
    ...events.map((event) => String(eventIdentifier(event))),
  ]);
  const { texts } = JSON.parse(output) as { readonly texts: Readonly<Record<string, readonly unknown[]>> };
  for (const { language, languageId } of [...eventLanguages, { language: 'en-US' as const, languageId: 0 }]) {
    const wanted = events.map(({ text }) => `${text[language].replaceAll(/%(\d)/g, '<$1>')}\r\n`);
    assert.deepEqual(texts[languageId], wanted);
  }
  return `${events.length} events, revision ${catalogueRevision}`;
}
