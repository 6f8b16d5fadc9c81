/** ICE14, ICE47, ICE101: features. */
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

const FOLLOW_PARENT = 2;

export const ice14: Rule = {
  id: 'ICE14',
  title: 'No feature is its own parent, and only one with a parent follows it',
  severity: 'error',
  reason: 'Windows cannot place such a feature in the tree.',
  *check(db) {
    for (const feature of db.rows('Feature')) {
      const parent = feature.text('Feature_Parent');
      if (parent === feature.text('Feature')) {
        yield {
          at: feature.at('Feature_Parent'),
          found: 'the feature itself',
          wanted: 'another feature',
          cure: 'Correct the parent.',
        };
      } else if (parent === '' && (feature.number('Attributes') & FOLLOW_PARENT) !== 0) {
        yield {
          at: feature.at('Attributes'),
          found: 'a feature without a parent that follows its parent',
          wanted: 'a parent, or another install default',
          cure: 'Remove InstallDefault="followParent".',
        };
      }
    }
  },
};

const MAX_COMPONENTS = 1600;

export const ice47: Rule = {
  id: 'ICE47',
  title: 'A feature has at most 1600 components',
  severity: 'error',
  reason: 'Windows Installer refuses more.',
  *check(db) {
    for (const [feature, rows] of db.table('FeatureComponents')?.by('Feature_') ?? []) {
      if (rows.length <= MAX_COMPONENTS) continue;
      yield {
        at: { table: 'Feature', row: feature },
        found: `${rows.length} components`,
        wanted: `at most ${MAX_COMPONENTS}`,
        cure: 'Divide the feature, or put several files into one component.',
      };
    }
  },
};

const MAX_ID_LENGTH = 38;

export const ice101: Rule = {
  id: 'ICE101',
  title: 'Ids of features have at most 38 characters',
  severity: 'error',
  reason: 'Windows Installer stores no longer ones.',
  *check(db) {
    for (const feature of db.rows('Feature')) {
      const id = feature.text('Feature');
      if (id.length <= MAX_ID_LENGTH) continue;
      yield {
        at: feature.at('Feature'),
        found: `${id.length} characters in ${quoted(id)}`,
        wanted: 'at most 38',
        cure: 'Shorten the id.',
      };
    }
  },
};
