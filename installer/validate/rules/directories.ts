/** ICE48, ICE56: folders. */
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const ice48: Rule = {
  id: 'ICE48',
  title: 'No folder is set to a fixed path in the Property table',
  severity: 'warning',
  reason: 'The drive or folder need not exist on the target.',
  *check(db) {
    for (const row of db.rows('Property')) {
      const [id, value] = [row.text('Property'), row.text('Value')];
      if (!/^[A-Za-z]:\\/.test(value) || db.find('Directory', id) === undefined) continue;
      yield {
        at: row.at('Value'),
        found: quoted(value),
        wanted: 'a path that Windows gives',
        cure: 'Place the folder below a standard folder.',
      };
    }
  },
};

export const ice56: Rule = {
  id: 'ICE56',
  title: 'The Directory table has one root, TARGETDIR with SourceDir',
  severity: 'error',
  reason: 'An administrative installation unpacks below TARGETDIR only.',
  *check(db) {
    for (const row of db.rows('Directory')) {
      const [id, parent] = [row.text('Directory'), row.text('Directory_Parent')];
      if (parent !== '' && parent !== id) continue;
      if (id !== 'TARGETDIR') {
        yield {
          at: row.at('Directory_Parent'),
          found: 'another root',
          wanted: 'a folder below TARGETDIR',
          cure: 'Give the folder a parent.',
        };
      } else if (!/^sourcedir$/i.test(row.text('DefaultDir'))) {
        yield {
          at: row.at('DefaultDir'),
          found: quoted(row.text('DefaultDir')),
          wanted: 'SourceDir',
          cure: 'Name the root SourceDir.',
        };
      }
    }
  },
};
