import { expect, test } from 'vitest';
import { eventIdsPage } from '../../scripts/lib/event-ids-page.ts';
import { eventCatalogue } from '../../src/product/event-catalogue.ts';

const page = eventIdsPage();

test('eventIdsPage() has a row and a section for every event, and each row leads to its section', () => {
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
  expect(headings).toEqual(Object.entries(eventCatalogue).map(([name, { code }]) => `${code} ${name}`));
  const links = [...page.matchAll(/^\| \[\d+\]\(#(.+?)\)/gm)].map(([, anchor]) => anchor);
  expect(links).toEqual(headings.map((heading) => heading.toLowerCase().replaceAll(' ', '-')));
});

test('eventIdsPage() says what an administrator needs about an event', () => {
  const section = page.split('### ').find((text) => text.startsWith('203 '));
  expect(section).toContain('Warning, full identifier `0xA00000CB`.');
  expect(section).toContain('> Worker "%1" (process %2) ended unexpectedly (%3)');
  expect(section).toContain('> 工作进程“%1”(进程 %2)');
  expect(section).toContain('`%3` exit code or signal;');
  expect(section).toContain('Cause: The worker crashed');
  expect(section).toContain("Action: Look at the last lines of the worker's log.");
});
