/**
 * Every event that the daemon writes to the Windows Event Log. Source of the message DLL and of docs/event-ids.md.
 *
 * What is here is there for good: monitoring rules of administrators match on the number and read the insertions by
 * their position, and old records show the text of the DLL that is installed today. So a code keeps its name, level and
 * insertions; an event that is no longer written stays; texts may be worded better. Every change of a text, and every
 * new event, raises `catalogueRevision` by one; a test holds the two together.
 */
import { configurationEvents } from './events/configuration-events.ts';
import { controlEvents } from './events/control-events.ts';
import { deliveryEvents } from './events/delivery-events.ts';
import type { EventLanguage } from './events/event-definition.ts';
import { faultEvents } from './events/fault-events.ts';
import { serviceEvents } from './events/service-events.ts';
import { workerEvents } from './events/worker-events.ts';

/**
 * The file version of the message DLL, 1 to 65535. It never goes down: Windows Installer keeps a file of a higher version
 * in place of a lower one, and in an upgrade that would leave none.
 */
export const catalogueRevision = 1;

/** Codes by area. Each area has its hundred, or in the case of faults 900 plus the exit code. */
export const eventAreas = [
  { first: 100, title: 'The service', events: serviceEvents },
  { first: 200, title: 'Workers', events: workerEvents },
  { first: 300, title: 'Configuration', events: configurationEvents },
  { first: 400, title: 'Control and audit', events: controlEvents },
  { first: 500, title: 'Alerts, journal and logs', events: deliveryEvents },
  { first: 900, title: 'Faults', events: faultEvents },
] as const;

export const eventCatalogue = {
  ...serviceEvents,
  ...workerEvents,
  ...configurationEvents,
  ...controlEvents,
  ...deliveryEvents,
  ...faultEvents,
} as const;

export type EventName = keyof typeof eventCatalogue;

/** The languages of the message DLL with their LANGIDs ([MS-LCID]). Any other language of Windows shows the first. */
export const eventLanguages: readonly { readonly language: EventLanguage; readonly languageId: number }[] = [
  { language: 'en-US', languageId: 1033 },
  { language: 'zh-CN', languageId: 2052 },
];

export { type EventDefinition, type EventLevel, eventIdentifier } from './events/event-definition.ts';
