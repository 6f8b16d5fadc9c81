/** `docs/event-ids.md`: the catalogue of events as a page for administrators. Pure: text from data. */
import {
  type EventDefinition,
  type EventLevel,
  eventAreas,
  eventCatalogue,
  eventIdentifier,
} from '../../src/product/event-catalogue.ts';

/** The whole page: an overview, then every event with what it means and what to do. */
export function eventIdsPage(): string {
  return [INTRODUCTION, overview(), ...eventAreas.map(areaSection)].join('\n\n').concat('\n');
}

const INTRODUCTION = `# Events

<!-- Made from src/product/event-catalogue.ts by "npm run check -- --write"; do not edit. -->

The events that the service writes to the Windows Event Log: log \`Application\`, source = the name of the service. Their
texts are in \`<executable>-messages.dll\` beside the executable, in English and Simplified Chinese; on a Windows of another
language they are English. This version registers the source and ships the texts; the daemon does not write events yet.

An id keeps its meaning, its level and the position of each insertion (\`%1\`, \`%2\`, …) for good, so a monitoring rule made
today works with every later version. Ids from 900 are faults that ended the service: 900 and the exit code of the process,
which the Service Control Manager reports too. The full identifier is what programs give to \`FormatMessage\`: severity and the
customer bit in the upper 16 bits (Event Viewer calls them qualifiers), the id in the lower.

\`\`\`powershell
Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'Vigil'; Level = 2, 3 }
\`\`\``;

const levelNames: Readonly<Record<EventLevel, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
  'audit-success': 'Audit success',
  'audit-failure': 'Audit failure',
};

function overview(): string {
  const rows = Object.entries(eventCatalogue).map(
    ([name, { code, level }]) => `| [${code}](#${code}-${name.toLowerCase()}) | ${levelNames[level]} | ${name} |`,
  );
  return ['| Id | Level | Name |', '|---|---|---|', ...rows].join('\n');
}

function areaSection({ title, events }: (typeof eventAreas)[number]): string {
  const sections = Object.entries<EventDefinition>(events).map(([name, event]) => eventSection(name, event));
  return [`## ${title}`, ...sections].join('\n\n');
}

function eventSection(name: string, event: EventDefinition): string {
  const insertions = event.insertions.map((what, index) => `\`%${index + 1}\` ${what}`).join('; ');
  const identifier = eventIdentifier(event).toString(16).toUpperCase();
  return [
    `### ${event.code} ${name}`,
    `${levelNames[event.level]}, full identifier \`0x${identifier}\`.`,
    `> ${event.text['en-US']}\n>\n> ${event.text['zh-CN']}`,
    ...(insertions === '' ? [] : [`Insertions: ${insertions}.`]),
    `Cause: ${event.cause}`,
    `Action: ${event.cure}`,
  ].join('\n\n');
}
