import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  catalogueRevision,
  type EventDefinition,
  eventAreas,
  eventCatalogue,
  eventIdentifier,
  eventLanguages,
} from '../../src/product/event-catalogue.ts';
import { exitCodes } from '../../src/product/exit-codes.ts';

const events = Object.entries(eventCatalogue) as [string, EventDefinition][];

/**
 * Code, level, number of insertions and name of every event ever released. Add lines; never change or remove one:
 * monitoring rules on customers' machines rely on them.
 */
const forGood = `
100 information 3 serviceStarted
101 information 1 serviceStopped
102 information 0 servicePaused
103 information 0 serviceContinued
104 information 0 parametersChanged
105 information 0 systemShutdown
110 warning 3 serviceSettingDiffers
111 information 3 serviceSettingRepaired
112 error 2 dataFolderUntrusted
113 warning 2 dataFolderAssumed
200 information 3 workerStarted
201 information 3 workerReady
202 information 4 workerEnded
203 warning 4 workerFailed
204 warning 5 workerRestarting
205 error 3 workerGivenUp
206 error 3 workerStartFailed
207 information 3 workerStopped
208 warning 3 workerKilled
210 error 3 circuitOpened
211 information 1 circuitHalfOpened
212 information 1 circuitClosed
213 warning 2 fallbackStarted
214 information 2 fallbackEnded
220 warning 4 probeFailed
221 information 2 probeRecovered
230 warning 4 resourceLimitExceeded
240 warning 3 workerOutputLost
241 information 3 workerOutputRestored
300 information 3 configurationApplied
301 error 3 configurationRejected
302 error 3 configurationRolledBack
303 warning 3 configurationSourceUnavailable
304 information 1 configurationSourceRestored
400 audit-failure 5 accessRefused
401 audit-failure 3 authenticationFailed
402 audit-success 5 privilegedCall
403 audit-success 3 tokenCreated
404 audit-success 3 tokenRevoked
410 error 2 controlInterfaceUnavailable
500 error 4 alertUndeliverable
501 information 2 alertTargetRestored
510 error 3 journalRebuilt
511 error 2 journalUnavailable
520 warning 2 logUnwritable
521 information 1 logRestored
522 warning 3 eventsSuppressed
530 warning 3 forwarderUnreachable
531 information 2 forwarderRestored
532 error 2 forwarderOverflowed
920 error 2 unexpectedFault
921 error 2 startFailed
922 error 2 stopFailed
923 error 2 operationHung
924 error 2 statusNotReported
`;

/** Hash over what the message DLL says, by revision. A new revision is a new line. */
const textsByRevision: Readonly<Record<number, string>> = {
  1: 'd94834db23025527',
};

test('eventCatalogue keeps every code with its level, insertions and name', () => {
  const now = events.map(([name, { code, level, insertions }]) => `${code} ${level} ${insertions.length} ${name}`);
  expect(now).toEqual(forGood.trim().split('\n'));
});

test('catalogueRevision is raised when a text changes', () => {
  const texts = events.map(([, event]) => [eventIdentifier(event), event.text['en-US'], event.text['zh-CN']]);
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  expect({ revision: catalogueRevision, hash }, 'raise catalogueRevision and add its line above').toEqual({
    revision: Math.max(...Object.keys(textsByRevision).map(Number)),
    hash: textsByRevision[catalogueRevision],
  });
});

test('eventAreas hold every event once, in ascending order, within their hundred', () => {
  const codes = events.map(([, { code }]) => code);
  expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b));
  for (const { first, events: ofArea } of eventAreas) {
    for (const { code } of Object.values(ofArea)) expect(Math.floor(code / 100) * 100).toBe(first);
  }
  expect(eventAreas.flatMap(({ events: ofArea }) => Object.keys(ofArea))).toEqual(events.map(([name]) => name));
});

describe.each(eventLanguages.map(({ language }) => language))('texts in %s', (language) => {
  test.each(events)('%s names each of its insertions, and FormatMessage reads nothing else into it', (_name, event) => {
    const text = event.text[language];
    const named = [...text.matchAll(/%(\d)/g)].map(([, number]) => Number(number));
    expect([...new Set(named)].sort()).toEqual(event.insertions.map((_, index) => index + 1));
    // A digit would make it another insertion, an exclamation mark would begin a format.
    expect(text.replaceAll(/%\d(?![\d!])/g, '')).not.toContain('%');
    expect(text).not.toMatch(/[\r\n\t\0]|^\s|\s$|\s\s/);
  });
});

test('the Chinese texts are Chinese', () => {
  for (const [, { text }] of events) {
    expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(text['en-US']).toMatch(/^\p{ASCII}+$/u);
  }
});

test('eventIdentifier sets severity and the customer bit, and keeps the code', () => {
  expect(eventIdentifier({ code: 100, level: 'information' })).toBe(0x6000_0064);
  expect(eventIdentifier({ code: 203, level: 'warning' })).toBe(0xa000_00cb);
  expect(eventIdentifier({ code: 65_535, level: 'error' })).toBe(0xe000_ffff);
  expect(eventIdentifier({ code: 402, level: 'audit-success' })).toBe(0x2000_0192);
  expect(eventIdentifier({ code: 400, level: 'audit-failure' })).toBe(0xa000_0190);
});

test('every fault that ends the service has an event of the same name: 900 and its exit code', () => {
  const faults = ['unexpectedFault', 'startFailed', 'stopFailed', 'operationHung', 'statusNotReported'] as const;
  expect(Object.keys(eventAreas.find(({ first }) => first === 900)?.events ?? {})).toEqual(faults);
  for (const name of faults) expect(eventCatalogue[name].code).toBe(900 + exitCodes[name].code);
});
