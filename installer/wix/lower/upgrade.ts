/** Upgrade, UpgradeVersion and MajorUpgrade. Bits: Windows Installer "Upgrade Table". */
import * as problem from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

const MIGRATE_FEATURES = 1;
const ONLY_DETECT = 2;
const IGNORE_REMOVE_FAILURE = 4;
const MIN_INCLUSIVE = 0x100;
const MAX_INCLUSIVE = 0x200;
const LANGUAGES_EXCLUSIVE = 0x400;

const UPGRADE_PROPERTY = 'WIX_UPGRADE_DETECTED';
const DOWNGRADE_PROPERTY = 'WIX_DOWNGRADE_DETECTED';

interface UpgradeRow {
  readonly upgradeCode: string;
  readonly min?: string | null;
  readonly max?: string | null;
  readonly language?: string | null;
  readonly attributes: number;
  readonly remove?: string | null;
  readonly property: string;
}

/** The bits that say which versions and languages a range holds. */
export function versionBits(node: ElementNode): number {
  return (
    (node.yes('IncludeMinimum', true) ? MIN_INCLUSIVE : 0) |
    (node.yes('IncludeMaximum') ? MAX_INCLUSIVE : 0) |
    (node.yes('ExcludeLanguages') ? LANGUAGES_EXCLUSIVE : 0)
  );
}

/** Adds the row; its property is set by Windows Installer in the client, so it has to be secure to reach the server. */
export function addUpgradeRow(row: UpgradeRow, node: ElementNode, context: LowerContext): void {
  context.section.listedProperties.push({ list: 'SecureCustomProperties', property: row.property });
  context.row(
    'Upgrade',
    {
      UpgradeCode: row.upgradeCode,
      VersionMin: row.min ?? null,
      VersionMax: row.max ?? null,
      Language: row.language ?? null,
      Attributes: row.attributes,
      Remove: row.remove ?? null,
      ActionProperty: row.property,
    },
    node.span,
  );
  if ((row.attributes & MIGRATE_FEATURES) !== 0) migrateFeatures(node, context);
}

function migrateFeatures(node: ElementNode, context: LowerContext): void {
  for (const sequence of ['InstallExecuteSequence', 'InstallUISequence']) {
    context.reference(`Action/${sequence}`, 'MigrateFeatureStates', node.span);
  }
}

const lowerUpgradeVersion: Lowering = (node, scope, context) => {
  const property = node.need('Property');
  const [minimum, maximum] = [node.orNull('Minimum'), node.orNull('Maximum')];
  if (minimum === null && maximum === null) {
    context.report(
      problem.neededAttribute(node.span, 'UpgradeVersion', 'at least one of "Minimum" and "Maximum" is needed'),
    );
  }
  if (property !== property.toUpperCase()) {
    context.report(
      problem.unusableCombination(
        node.spanOf('Property'),
        'UpgradeVersion',
        `the property has to be public, "${property}" has lower-case letters`,
      ),
    );
  }
  context.imply('Property', property, node.span);
  const attributes =
    (node.yes('MigrateFeatures') ? MIGRATE_FEATURES : 0) |
    (node.yes('OnlyDetect') ? ONLY_DETECT : 0) |
    (node.yes('IgnoreRemoveFailure') ? IGNORE_REMOVE_FAILURE : 0) |
    versionBits(node);
  addUpgradeRow(
    {
      upgradeCode: scope.upgradeCode ?? '',
      min: minimum,
      max: maximum,
      language: node.orNull('Language'),
      attributes,
      remove: node.orNull('RemoveFeatures'),
      property,
    },
    node,
    context,
  );
};

const ANCHORS: Readonly<Record<string, string>> = {
  afterInstallValidate: 'InstallValidate',
  afterInstallInitialize: 'InstallInitialize',
  afterInstallExecute: 'InstallExecute',
  afterInstallExecuteAgain: 'InstallExecuteAgain',
  afterInstallFinalize: 'InstallFinalize',
};

const lowerMajorUpgrade: Lowering = (node, scope, context) => {
  const { upgradeCode } = scope;
  const version = context.section.product?.version ?? '';
  if (upgradeCode === undefined) {
    context.report(problem.neededAttribute(node.span, 'MajorUpgrade', 'the Product needs an "UpgradeCode"'));
    return;
  }
  const downgrades = node.yes('AllowDowngrades');
  const sameVersion = node.yes('AllowSameVersionUpgrades') ? MAX_INCLUSIVE : 0;
  const attributes =
    (node.yes('MigrateFeatures', true) ? MIGRATE_FEATURES : 0) |
    (node.yes('IgnoreRemoveFailure') ? IGNORE_REMOVE_FAILURE : 0);
  const range = downgrades
    ? { min: '0', attributes: attributes | MIN_INCLUSIVE }
    : { max: version, attributes: attributes | sameVersion };
  context.imply('Property', UPGRADE_PROPERTY, node.span);
  addUpgradeRow(
    { upgradeCode, ...range, remove: node.orNull('RemoveFeatures'), property: UPGRADE_PROPERTY },
    node,
    context,
  );
  checkMessages(node, context);
  if (!downgrades) {
    context.imply('Property', DOWNGRADE_PROPERTY, node.span);
    addUpgradeRow({ upgradeCode, min: version, attributes: ONLY_DETECT, property: DOWNGRADE_PROPERTY }, node, context);
    refuse(DOWNGRADE_PROPERTY, node.orNull('DowngradeErrorMessage'), { node, context });
  }
  if (node.yes('Disallow')) refuse(UPGRADE_PROPERTY, node.orNull('DisallowUpgradeErrorMessage'), { node, context });
  context.section.actions.push({
    sequence: 'InstallExecuteSequence',
    action: 'RemoveExistingProducts',
    condition: null,
    after: ANCHORS[node.get('Schedule') ?? 'afterInstallValidate'] ?? 'InstallValidate',
    suppress: false,
    overridable: true,
    span: node.span,
  });
};

function refuse(
  property: string,
  message: string | null,
  at: { readonly node: ElementNode; readonly context: LowerContext },
): void {
  if (message !== null)
    at.context.row('LaunchCondition', { Condition: `NOT ${property}`, Description: message }, at.node.span);
}

function checkMessages(node: ElementNode, context: LowerContext): void {
  const rules = [
    { switch: 'AllowDowngrades', message: 'DowngradeErrorMessage', needsMessage: !node.yes('AllowDowngrades') },
    { switch: 'Disallow', message: 'DisallowUpgradeErrorMessage', needsMessage: node.yes('Disallow') },
  ];
  for (const rule of rules) {
    const value = node.yes(rule.switch) ? 'yes' : 'no';
    if (rule.needsMessage && !node.has(rule.message)) {
      context.report(
        problem.neededAttribute(
          node.span,
          'MajorUpgrade',
          `"${rule.message}" is needed while "${rule.switch}" is ${value}`,
        ),
      );
    } else if (!rule.needsMessage && node.has(rule.message)) {
      context.report(
        problem.unusableCombination(
          node.spanOf(rule.message),
          'MajorUpgrade',
          `"${rule.message}" is of no use while "${rule.switch}" is ${value}`,
        ),
      );
    }
  }
  if (node.yes('AllowDowngrades') && node.yes('AllowSameVersionUpgrades')) {
    context.report(
      problem.conflictingAttributes(node.span, 'MajorUpgrade', ['AllowDowngrades', 'AllowSameVersionUpgrades']),
    );
  }
}

export const upgradeLowerings: Lowerings = {
  Upgrade: (node, scope, context) =>
    context.lowerChildren(node, { ...scope, upgradeCode: canonicalGuid(node.need('Id')) }),
  UpgradeVersion: lowerUpgradeVersion,
  MajorUpgrade: lowerMajorUpgrade,
};
