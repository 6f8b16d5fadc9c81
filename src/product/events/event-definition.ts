/**
 * What an event of the catalogue is, and the 32-bit identifier that the Event Log files it under. Declares and computes
 * only; the events themselves are in the files beside this one.
 */
export type EventLevel = 'error' | 'warning' | 'information' | 'audit-success' | 'audit-failure';

/** The languages every event has a text in. */
export type EventLanguage = 'en-US' | 'zh-CN';

export interface EventDefinition {
  /** The number that Event Viewer shows: 1 to 65535, never used again for anything else. */
  readonly code: number;
  readonly level: EventLevel;
  /** What `%1`, `%2`, … stand for. They are data: names, numbers, paths, codes, what the system said. */
  readonly insertions: readonly string[];
  /** One paragraph. `%1` to `%9` and no other percent sign: FormatMessage reads those as its own. */
  readonly text: Readonly<Record<EventLanguage, string>>;
  readonly cause: string;
  /** What an administrator does about it. */
  readonly cure: string;
}

/** Severity bits ("Event Identifiers", Windows documentation): success, informational, warning, error. */
const severities: Readonly<Record<EventLevel, number>> = {
  'audit-success': 0,
  information: 1,
  warning: 2,
  'audit-failure': 2,
  error: 3,
};
const SEVERITY_FACTOR = 2 ** 30;
/** C: the identifier was not defined by Microsoft. */
const CUSTOMER = 0x2000_0000;

/**
 * The full identifier, as unsigned 32-bit number: what ReportEvent is given and the message table is keyed by. Facility
 * is 0. The kind of audit is not in it; ReportEvent is told that by its type.
 */
export function eventIdentifier({ code, level }: Pick<EventDefinition, 'code' | 'level'>): number {
  return severities[level] * SEVERITY_FACTOR + CUSTOMER + code;
}
