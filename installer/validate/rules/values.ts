/** ICE65, ICE69, ICE70: values with a syntax of their own. */
import { featuresOf } from '../components.ts';
import type { DatabaseView, Row } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import { formattedReferences } from '../formatted-text.ts';
import type { Rule } from '../rule.ts';

export const ice65: Rule = {
  id: 'ICE65',
  title: 'Environment variables have valid prefixes and separators',
  severity: 'error',
  reason: 'A doubled or missing separator damages PATH for everyone.',
  *check(db) {
    for (const row of db.rows('Environment')) {
      const [, prefix = ''] = /^([=+\-!*]*)/.exec(row.text('Name')) ?? [];
      if (
        new Set(prefix).size !== prefix.length ||
        (prefix.includes('=') && prefix.includes('+')) ||
        (prefix.includes('!') && /[=+-]/.test(prefix))
      ) {
        yield {
          at: row.at('Name'),
          found: `prefix ${quoted(prefix)}`,
          wanted: 'each sign once; = or +, and ! with neither',
          cure: 'Correct the prefix.',
        };
      }
      yield* separators(row);
    }
  },
};

function* separators(row: Row): Iterable<Problem> {
  const value = row.text('Value');
  const parts = value.split('[~]');
  if (parts.length === 1) return;
  const [before = '', after = ''] = parts;
  if (parts.length > 2 || (before !== '' && after !== '')) {
    yield { at: row.at('Value'), found: quoted(value), wanted: '[~] once, at the start or the end', cure: 'Move [~].' };
    return;
  }
  const separator = before === '' ? after.charAt(0) : before.charAt(before.length - 1);
  const text = before === '' ? after.slice(1) : before.slice(0, -1);
  if (/[\p{L}\p{N}]/u.test(separator)) {
    yield {
      at: row.at('Value'),
      found: `${quoted(separator)} as separator`,
      wanted: 'a sign such as ;',
      cure: 'Write ; beside [~].',
      severity: 'warning',
    };
  } else if (text.startsWith(separator) || text.endsWith(separator)) {
    yield {
      at: row.at('Value'),
      found: quoted(value),
      wanted: 'one separator, beside [~]',
      cure: 'Remove the other separator.',
    };
  }
}

/** Tables with a Component_ column and the columns that may refer to files and components. */
const referring: Readonly<Record<string, readonly string[]>> = {
  Environment: ['Value'],
  IniFile: ['Section', 'Key', 'Value'],
  Registry: ['Key', 'Name', 'Value'],
  RemoveRegistry: ['Key', 'Name'],
  ServiceControl: ['Name', 'Arguments'],
  ServiceInstall: ['Name', 'DisplayName', 'Dependencies', 'StartName', 'Arguments'],
  Shortcut: ['Target', 'Arguments'],
};

export const ice69: Rule = {
  id: 'ICE69',
  title: 'References to files and components stay within the component',
  severity: 'error',
  reason: 'When the other component is not touched in the same run, the reference is empty.',
  *check(db) {
    for (const [table, columns] of Object.entries(referring)) {
      for (const row of db.rows(table)) {
        for (const column of columns) yield* crossReferences(db, row, column);
      }
    }
  },
};

function* crossReferences(db: DatabaseView, row: Row, column: string): Iterable<Problem> {
  const own = row.text('Component_');
  for (const { kind, name } of formattedReferences(row.text(column))) {
    if (kind !== 'file' && kind !== 'component') continue;
    const target = kind === 'component' ? db.find('Component', name)?.key : db.find('File', name)?.text('Component_');
    if (target === own) continue;
    const sharesFeature = target !== undefined && featuresOf(db, target).some((id) => featuresOf(db, own).includes(id));
    yield {
      at: row.at(column),
      found:
        target === undefined
          ? `${kind} ${quoted(name)}, which does not exist`
          : `${kind} ${quoted(name)} of component ${quoted(target)}`,
      wanted: `a ${kind} of component ${quoted(own)}`,
      cure: 'Refer to a folder instead, or move the row.',
      ...(sharesFeature ? { severity: 'warning' as const } : {}),
    };
  }
}

export const ice70: Rule = {
  id: 'ICE70',
  title: 'Registry numbers and binary values are well formed',
  severity: 'error',
  reason: 'Windows Installer would write something else, or nothing.',
  *check(db) {
    for (const row of db.rows('Registry')) {
      const value = row.text('Value');
      if (isRegistryValue(value)) continue;
      yield {
        at: row.at('Value'),
        found: quoted(value),
        wanted: '# and digits, #x and hexadecimal digits, #% and text, or ## and text',
        cure: 'Correct the value; a text that starts with # doubles it.',
      };
    }
  },
};

function isRegistryValue(value: string): boolean {
  if (!value.startsWith('#') || value.startsWith('##') || value.startsWith('#%')) return true;
  // What a property holds is not known here.
  if (/\[[^\]]+\]/.test(value)) return true;
  if (/^#[xX]/.test(value)) return /^#[xX][0-9A-Fa-f]*$/.test(value);
  return /^#[-+]?\d+$/.test(value);
}
