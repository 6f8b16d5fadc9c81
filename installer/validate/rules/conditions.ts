/** ICE79, ICE86: names in conditions. */
import type { ReferenceKind } from '../condition/expression.ts';
import { referencesIn } from '../condition/expression.ts';
import { storedConditions } from '../conditions.ts';
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

const tableOf: Readonly<Partial<Record<ReferenceKind, 'Component' | 'Feature'>>> = {
  'component-action': 'Component',
  'component-state': 'Component',
  'feature-action': 'Feature',
  'feature-state': 'Feature',
};

export const ice79: Rule = {
  id: 'ICE79',
  title: 'Components and features named in conditions exist',
  severity: 'error',
  reason: 'A state of something that does not exist is never what the author had in mind.',
  *check(db) {
    for (const { row, column, parsed } of db.derived(storedConditions)) {
      if (!parsed.ok) continue;
      for (const { kind, name } of referencesIn(parsed.expression)) {
        const table = tableOf[kind];
        if (table === undefined || db.find(table, name) !== undefined) continue;
        yield {
          at: row.at(column),
          found: quoted(name),
          wanted: `the id of a ${table.toLowerCase()}`,
          cure: 'Correct the name in the condition.',
        };
      }
    }
  },
};

export const ice86: Rule = {
  id: 'ICE86',
  title: 'Conditions ask for Privileged, not for AdminUser',
  severity: 'warning',
  reason: 'AdminUser is true for every user of current Windows versions.',
  *check(db) {
    for (const { row, column, parsed } of db.derived(storedConditions)) {
      if (!parsed.ok) continue;
      for (const { kind, name } of referencesIn(parsed.expression)) {
        if (kind !== 'property' || name !== 'AdminUser') continue;
        yield { at: row.at(column), found: 'AdminUser', wanted: 'Privileged', cure: 'Ask for Privileged instead.' };
      }
    }
  },
};
