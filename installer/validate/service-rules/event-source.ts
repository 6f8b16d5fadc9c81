/** VGL-S08: the source of events. */
import type { DatabaseView } from '../database-view.ts';
import { formattedReferences, unescapeFormatted } from '../formatted-text.ts';
import type { Rule } from '../rule.ts';
import { services } from '../services.ts';

const eventLogKey = /^system\\currentcontrolset\\services\\eventlog\\[^\\]+\\[^\\]+$/i;

export const eventSource: Rule = {
  id: 'VGL-S08',
  title: 'A package with services registers a source of events',
  severity: 'warning',
  reason: 'Without one the event log shows no text; the service itself lacks the right to register it.',
  *check(db) {
    const [first] = db.derived(services);
    if (first === undefined || hasEventSource(db)) return;
    yield {
      at: first.row.at(),
      found: 'no EventMessageFile in the registry',
      wanted: 'a source of events below SYSTEM\\CurrentControlSet\\Services\\EventLog',
      cure: 'Add EventMessageFile and TypesSupported for the source the service writes under.',
    };
  },
};

function hasEventSource(db: DatabaseView): boolean {
  return db.rows('Registry').some((row) => {
    const key = unescapeFormatted(row.text('Key'));
    const isSource = eventLogKey.test(key) || formattedReferences(key).length > 0;
    return isSource && /^eventmessagefile$/i.test(row.text('Name'));
  });
}
