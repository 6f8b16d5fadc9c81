/** ICE04, ICE58, ICE71: media. */
import type { Rule } from '../rule.ts';

export const ice04: Rule = {
  id: 'ICE04',
  title: 'Every file lies on a medium',
  severity: 'error',
  reason: 'A file with a number above every LastSequence is never found.',
  *check(db) {
    const last = db.rows('Media').reduce((most, row) => Math.max(most, row.number('LastSequence')), 0);
    for (const file of db.rows('File')) {
      if (file.number('Sequence') <= last) continue;
      yield {
        at: file.at('Sequence'),
        found: String(file.number('Sequence')),
        wanted: `at most ${last}, the highest LastSequence of Media`,
        cure: 'Raise LastSequence, or renumber the files.',
      };
    }
  },
};

const MAX_MEDIA = 80;

export const ice58: Rule = {
  id: 'ICE58',
  title: 'At most 80 media',
  severity: 'error',
  reason: 'Windows Installer handles no more.',
  *check(db) {
    const { length } = db.rows('Media');
    if (length > MAX_MEDIA) {
      yield {
        at: { table: 'Media' },
        found: `${length} rows`,
        wanted: 'at most 80',
        cure: 'Put more files into each cabinet.',
      };
    }
  },
};

export const ice71: Rule = {
  id: 'ICE71',
  title: 'The first medium is number 1',
  severity: 'error',
  reason: 'Windows Installer takes the package itself to be on medium 1.',
  *check(db) {
    if (db.rows('Media').length === 0 || db.find('Media', '1') !== undefined) return;
    yield {
      at: { table: 'Media', column: 'DiskId' },
      found: 'no medium 1',
      wanted: 'one',
      cure: 'Number media from 1.',
    };
  },
};
