import type { MsiDatabase, SummaryInformation } from '../msi/model.ts';
import { VALIDATE } from './constants.ts';

/** One side of what property 9 of a transform's summary holds: `{ProductCode}version;{ProductCode}version;{UpgradeCode}`. */
export interface ProductIdentity {
  readonly productCode: string;
  readonly version: string;
}

export interface TransformConditions {
  /** Sum of `VALIDATE`. */
  readonly validation: number;
  /** Sum of `IGNORE`. */
  readonly ignored: number;
  readonly before: ProductIdentity;
  readonly after: ProductIdentity;
  readonly upgradeCode: string;
  /** The platform and languages of the database before, `x64;1033`. */
  readonly template: string;
}

/** Missing parts are empty: a transform need not have any. */
export function readConditions(summary: SummaryInformation): TransformConditions {
  const flags = summary.characterCount ?? 0;
  const [before = '', after = '', upgradeCode = ''] = (summary.revisionNumber ?? '').split(';');
  return {
    validation: flags >>> 16,
    ignored: flags & 0xffff,
    before: parseIdentity(before),
    after: parseIdentity(after),
    upgradeCode,
    template: summary.template ?? '',
  };
}

/** What keeps Windows from applying the transform to `base`, as sentences; none when all conditions hold. */
export function failedConditions(base: MsiDatabase, conditions: TransformConditions): string[] {
  const { validation, before } = conditions;
  const has = (flag: number) => (validation & flag) !== 0;
  const found = identityOf(base);
  const language = languageOf(conditions.template);
  const failures = [
    has(VALIDATE.product) && mismatch('ProductCode', found.productCode, before.productCode),
    has(VALIDATE.upgradeCode) && mismatch('UpgradeCode', propertyOf(base, 'UpgradeCode'), conditions.upgradeCode),
    has(VALIDATE.language) && mismatch('language', languageOf(base.summary.template ?? ''), language),
    versionFailure(validation, found.version, before.version),
  ];
  return failures.filter((failure) => typeof failure === 'string');
}

export function identityOf(database: MsiDatabase): ProductIdentity {
  return { productCode: propertyOf(database, 'ProductCode'), version: propertyOf(database, 'ProductVersion') };
}

/** Empty when the database has no such property. */
export function propertyOf({ tables }: MsiDatabase, name: string): string {
  const row = tables.find((table) => table.name === 'Property')?.rows.find(([key]) => key === name);
  return String(row?.[1] ?? '');
}

function mismatch(what: string, found: string, wanted: string): string | false {
  return found.toUpperCase() !== wanted.toUpperCase() && `its ${what} is "${found}", wanted "${wanted}"`;
}

function versionFailure(validation: number, found: string, wanted: string): string | false {
  const parts = [VALIDATE.majorVersion, VALIDATE.minorVersion, VALIDATE.updateVersion];
  const count = parts.findLastIndex((flag) => (validation & flag) !== 0) + 1;
  if (count === 0) return false;
  const sign = Math.sign(compareVersions(found, wanted, count));
  const relations = [
    { flag: VALIDATE.lessVersion, holds: sign < 0 },
    { flag: VALIDATE.lessOrEqualVersion, holds: sign <= 0 },
    { flag: VALIDATE.equalVersion, holds: sign === 0 },
    { flag: VALIDATE.greaterOrEqualVersion, holds: sign >= 0 },
    { flag: VALIDATE.greaterVersion, holds: sign > 0 },
  ].filter(({ flag }) => (validation & flag) !== 0);
  return relations.some(({ holds }) => !holds) && `its version "${found}" does not fit "${wanted}"`;
}

function compareVersions(left: string, right: string, count: number): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (let index = 0; index < count; index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parseIdentity(text: string): ProductIdentity {
  const end = text.indexOf('}') + 1;
  return { productCode: text.slice(0, end), version: text.slice(end) };
}

function languageOf(template: string): string {
  return template.split(';')[1] ?? '';
}
