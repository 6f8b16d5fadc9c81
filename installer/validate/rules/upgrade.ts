/** ICE52, ICE61: properties set by searches, and upgrades. */
import type { DatabaseView, Row } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import { compareProductVersions, isProductVersion } from '../product-version.ts';
import type { Rule } from '../rule.ts';

const isPublic = (name: string): boolean => !/[a-z]/.test(name);

export const ice52: Rule = {
  id: 'ICE52',
  title: 'Properties set by AppSearch are public',
  severity: 'warning',
  reason: 'A private property does not reach the elevated half of the installation.',
  *check(db) {
    for (const row of db.rows('AppSearch')) {
      const name = row.text('Property');
      if (!isPublic(name))
        yield { at: row.at('Property'), found: quoted(name), wanted: 'upper case only', cure: 'Rename the property.' };
    }
  },
};

export const ice61: Rule = {
  id: 'ICE61',
  title: 'Upgrade rows have a public, secure property of their own and remove only older versions',
  severity: 'error',
  reason: 'An upgrade whose result is lost leaves both versions, or removes the newer one.',
  *check(db) {
    const secure = new Set(db.propertyList('SecureCustomProperties'));
    for (const row of db.rows('Upgrade')) {
      const name = row.text('ActionProperty');
      const at = row.at('ActionProperty');
      if (!isPublic(name)) yield { at, found: quoted(name), wanted: 'upper case only', cure: 'Rename the property.' };
      if (!secure.has(name)) {
        yield {
          at,
          found: `${quoted(name)}, which is not secure`,
          wanted: 'a member of SecureCustomProperties',
          cure: 'Make the property secure.',
        };
      }
      if (db.property(name) !== undefined) {
        yield {
          at,
          found: `${quoted(name)} with a value in the Property table`,
          wanted: 'none',
          cure: 'Remove the value.',
        };
      }
      if (db.where('Upgrade', 'ActionProperty', name)[0] !== row) {
        yield {
          at,
          found: `${quoted(name)} a second time`,
          wanted: 'a property for each row',
          cure: 'Use another property.',
        };
      }
      yield* versionRange(db, row);
    }
  },
};

const [ONLY_DETECT, MAX_INCLUSIVE] = [2, 0x200];

function* versionRange(db: DatabaseView, row: Row): Iterable<Problem> {
  const [min, max] = [row.text('VersionMin'), row.text('VersionMax')];
  for (const [column, version] of [
    ['VersionMin', min],
    ['VersionMax', max],
  ] as const) {
    if (version === '' || isProductVersion(version)) continue;
    yield { at: row.at(column), found: quoted(version), wanted: 'a product version', cure: 'Correct the version.' };
    return;
  }
  if (min !== '' && max !== '' && compareProductVersions(min, max) > 0) {
    yield {
      at: row.at('VersionMax'),
      found: `${max} below ${min}`,
      wanted: 'at least VersionMin',
      cure: 'Exchange the versions.',
    };
  }
  const own = db.property('ProductVersion') ?? '';
  const attributes = row.number('Attributes');
  if ((attributes & ONLY_DETECT) !== 0 || row.text('UpgradeCode') !== db.property('UpgradeCode')) return;
  const order = max === '' || own === '' ? 1 : compareProductVersions(max, own);
  if (order > 0 || (order === 0 && (attributes & MAX_INCLUSIVE) !== 0)) {
    yield {
      at: row.at('VersionMax'),
      found: max === '' ? 'no upper limit' : `versions up to ${max}`,
      wanted: `only versions below ${own}`,
      cure: 'Lower VersionMax, or only detect the others.',
      severity: 'warning',
    };
  }
}
