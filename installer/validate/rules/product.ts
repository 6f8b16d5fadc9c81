/** ICE05, ICE16, ICE24, ICE36, ICE87: properties that describe the product. */
import type { DatabaseView } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import { isProductVersion } from '../product-version.ts';
import type { Rule } from '../rule.ts';

const requiredProperties = ['ProductName', 'ProductLanguage', 'ProductVersion', 'ProductCode', 'Manufacturer'];

export const ice05: Rule = {
  id: 'ICE05',
  title: 'The Property table names product, language, version, code and manufacturer',
  severity: 'error',
  reason: 'Windows Installer does not install a product without them.',
  *check(db) {
    for (const name of requiredProperties) {
      if ((db.property(name) ?? '') !== '') continue;
      yield {
        at: { table: 'Property', row: name },
        found: 'no row',
        wanted: 'a value',
        cure: `Add the property ${name}.`,
      };
    }
  },
};

const MAX_PRODUCT_NAME = 63;

export const ice16: Rule = {
  id: 'ICE16',
  title: 'ProductName has at most 63 characters',
  severity: 'error',
  reason: 'Windows cuts longer names where it lists products.',
  *check(db) {
    const name = db.property('ProductName') ?? '';
    if (name.length > MAX_PRODUCT_NAME) yield atProperty('ProductName', `${name.length} characters`, 'at most 63');
  },
};

const guid = /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/;

export const ice24: Rule = {
  id: 'ICE24',
  title: 'ProductCode, ProductVersion, ProductLanguage and UpgradeCode are well formed',
  severity: 'error',
  reason: 'Windows compares them with those of installed products.',
  *check(db) {
    for (const name of ['ProductCode', 'UpgradeCode']) {
      yield* wellFormed(db, name, { accepts: (value) => guid.test(value), wanted: 'an upper-case GUID in braces' });
    }
    yield* wellFormed(db, 'ProductVersion', {
      accepts: isProductVersion,
      wanted: 'three numbers such as 1.2.3, at most 255.255.65535',
    });
    yield* wellFormed(db, 'ProductLanguage', {
      accepts: (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
      wanted: 'one language id such as 1033',
    });
  },
};

interface Form {
  readonly accepts: (value: string) => boolean;
  readonly wanted: string;
}

function* wellFormed(db: DatabaseView, name: string, { accepts, wanted }: Form): Iterable<Problem> {
  const value = db.property(name) ?? '';
  if (value !== '' && !accepts(value)) yield atProperty(name, quoted(value), wanted);
}

function atProperty(name: string, found: string, wanted: string): Problem {
  return {
    at: { table: 'Property', row: name, column: 'Value' },
    found,
    wanted,
    cure: `Correct the property ${name}.`,
  };
}

export const ice36: Rule = {
  id: 'ICE36',
  title: 'Every icon is used',
  severity: 'warning',
  reason: 'An unused icon only makes the package larger.',
  *check(db) {
    const used = new Set([
      db.property('ARPPRODUCTICON') ?? '',
      ...['Shortcut', 'Class', 'ProgId'].flatMap((table) => db.rows(table).map((row) => row.text('Icon_'))),
    ]);
    for (const icon of db.rows('Icon')) {
      if (used.has(icon.text('Name'))) continue;
      yield {
        at: icon.at(),
        found: 'no use of this icon',
        wanted: 'a shortcut, class, program id or ARPPRODUCTICON that names it',
        cure: 'Use the icon or remove it.',
      };
    }
  },
};

const commandLineOnly = [
  'ADDDEFAULT',
  'ADDLOCAL',
  'ADDSOURCE',
  'ADVERTISE',
  'COMPADDLOCAL',
  'COMPADDSOURCE',
  'FILEADDDEFAULT',
  'FILEADDLOCAL',
  'FILEADDSOURCE',
  'REINSTALL',
  'REMOVE',
];

export const ice87: Rule = {
  id: 'ICE87',
  title: 'The Property table sets no property that belongs on the command line',
  severity: 'warning',
  reason: 'Features would be selected at every run, uninstallation included.',
  *check(db) {
    for (const name of commandLineOnly) {
      if (db.property(name) === undefined) continue;
      yield {
        at: { table: 'Property', row: name },
        found: 'a row',
        wanted: 'none',
        cure: 'Set it on the command line instead.',
      };
    }
  },
};
