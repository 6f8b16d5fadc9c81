/** ICE30, ICE60: files. */
import type { DatabaseView, Row } from '../database-view.ts';
import { folders, namesOf } from '../directories.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const ice30: Rule = {
  id: 'ICE30',
  title: 'No two files are installed under one name',
  severity: 'error',
  reason: 'One would overwrite the other, and removing one product part would take the file of the other.',
  *check(db) {
    yield* collisions(db, 'long');
    yield* collisions(db, 'short');
  },
};

function* collisions(db: DatabaseView, kind: 'long' | 'short'): Iterable<Problem> {
  const byPath = Map.groupBy(db.rows('File'), (file) => targetPath(db, file, kind));
  for (const [path, files] of byPath) {
    const [first] = files;
    if (path === undefined || first === undefined) continue;
    for (const file of files.slice(1)) {
      // Equal long names collide as such; their short names add nothing to that.
      if (kind === 'short' && targetPath(db, file, 'long') === targetPath(db, first, 'long')) continue;
      yield {
        at: file.at('FileName'),
        found: `the ${kind} name of file ${quoted(first.key)} in the same folder`,
        wanted: 'a name of its own',
        cure: 'Rename one of them, or install them into different folders.',
        ...(isConditional(db, file) && isConditional(db, first) ? { severity: 'warning' as const } : {}),
      };
    }
  }
}

function targetPath(db: DatabaseView, file: Row, kind: 'long' | 'short'): string | undefined {
  const component = db.find('Component', file.text('Component_'));
  const folder = db.derived(folders).get(component?.text('Directory_') ?? '');
  if (folder === undefined) return undefined;
  const path = kind === 'long' ? folder.path : folder.shortPath;
  return `${folder.base}\\${`${path}\\${namesOf(file.text('FileName'))[kind]}`.toLowerCase()}`;
}

/** Two components with conditions may exclude each other; whether they do is not looked at. */
function isConditional(db: DatabaseView, file: Row): boolean {
  return db.find('Component', file.text('Component_'))?.isNull('Condition') === false;
}

export const ice60: Rule = {
  id: 'ICE60',
  title: 'A file with a version has a language and no hash',
  severity: 'warning',
  reason: 'Windows compares version and language, or else hashes, to decide whether a file is replaced.',
  *check(db) {
    for (const file of db.rows('File')) {
      const version = file.text('Version');
      if (version === '' || db.find('File', version) !== undefined) continue;
      if (file.isNull('Language')) {
        yield {
          at: file.at('Language'),
          found: `nothing beside version ${version}`,
          wanted: 'a language id, 0 for a neutral file',
          cure: 'Give the file a language in its version resource, or set DefaultLanguage.',
        };
      }
      if (db.find('MsiFileHash', file.key) !== undefined) {
        yield {
          at: { table: 'MsiFileHash', row: file.key },
          found: 'a hash of a file with a version',
          wanted: 'none',
          cure: 'Remove the row; hashes are for files without a version.',
        };
      }
    }
  },
};
