/** Product, Fragment, Package and the launch conditions. */
import { codePageNumber } from '../code-page-name.ts';
import * as problem from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import type { Architecture } from '../preprocess/variables.ts';
import { allowOnly } from './allow-only.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

const PLATFORMS: Readonly<Record<string, Architecture>> = {
  x86: 'x86',
  intel: 'x86',
  Intel: 'x86',
  x64: 'x64',
  arm64: 'arm64',
  Arm64: 'arm64',
};

const lowerProduct: Lowering = (node, _scope, context) => {
  const upgradeCode = node.has('UpgradeCode') ? canonicalGuid(node.need('UpgradeCode')) : undefined;
  context.section.product = {
    productCode: node.get('Id') === '*' ? '*' : canonicalGuid(node.need('Id')),
    name: node.need('Name'),
    manufacturer: node.need('Manufacturer'),
    version: node.need('Version'),
    language: node.integer('Language') ?? 0,
    upgradeCode: upgradeCode ?? null,
    codePage: codePageNumber(node.get('Codepage') ?? '') ?? 0,
    span: node.span,
  };
  if (node.childrenNamed('Package').length !== 1) {
    context.report(problem.missingChild(node.span, 'Product', 'exactly one Package element is needed in it'));
  }
  context.lowerChildren(node, {
    parent: 'Wix',
    featureDisplay: { last: 0 },
    ...(upgradeCode === undefined ? {} : { upgradeCode }),
  });
};

const lowerPackage: Lowering = (node, _scope, context) => {
  const platform = node.get('Platform') ?? node.get('Platforms');
  // Elements after Package see the platform it names, as in WiX: it decides the default of Win64.
  if (platform !== undefined) context.architecture = PLATFORMS[platform] ?? context.architecture;
  const perUser = node.get('InstallScope') === 'perUser' || node.get('InstallPrivileges') === 'limited';
  if (node.has('InstallScope') && node.has('InstallPrivileges')) {
    context.report(problem.conflictingAttributes(node.span, 'Package', ['InstallScope', 'InstallPrivileges']));
  }
  if (node.get('InstallScope') === 'perMachine') {
    context.define('Property', 'ALLUSERS', node.span);
    context.row('Property', { Property: 'ALLUSERS', Value: '1' }, node.span);
  }
  const id = node.get('Id') ?? '*';
  context.section.package = {
    packageCode: id === '*' ? '*' : canonicalGuid(id),
    platform: context.architecture,
    installerVersion: node.integer('InstallerVersion') ?? null,
    compressed: node.yes('Compressed'),
    wordCountFlags:
      (node.yes('ShortNames') ? 1 : 0) |
      (node.yes('Compressed') ? 2 : 0) |
      (node.yes('AdminImage') ? 4 : 0) |
      (perUser ? 8 : 0),
    shortNames: node.yes('ShortNames'),
    summaryCodePage: codePageNumber(node.get('SummaryCodepage') ?? '') ?? 1252,
    readOnly: node.yes('ReadOnly'),
    ...summaryTexts(node),
    span: node.span,
  };
};

function summaryTexts(node: ElementNode) {
  return {
    languages: node.orNull('Languages'),
    description: node.orNull('Description'),
    comments: node.orNull('Comments'),
    manufacturer: node.orNull('Manufacturer'),
    keywords: node.orNull('Keywords'),
  };
}

function lowerLaunchCondition(node: ElementNode, context: LowerContext): void {
  allowOnly(node, ['Message'], context);
  const message = node.orNull('Message');
  if (message === null)
    context.report(problem.neededAttribute(node.span, 'Condition', 'a launch condition needs a "Message"'));
  if (node.condition === null)
    context.report(problem.neededAttribute(node.span, 'Condition', 'a launch condition needs its expression as text'));
  if (message !== null && node.condition !== null) {
    context.row('LaunchCondition', { Condition: node.condition, Description: message }, node.span);
  }
}

const launchCondition: Lowering = (node, _scope, context) => lowerLaunchCondition(node, context);

export const productLowerings: Lowerings = {
  Product: lowerProduct,
  Package: lowerPackage,
  Fragment: (node, _scope, context) => {
    if (node.has('Id')) context.define('WixFragment', node.need('Id'), node.span);
    context.lowerChildren(node, { parent: 'Wix', featureDisplay: { last: 0 } });
  },
  'Product/Condition': launchCondition,
  'Fragment/Condition': launchCondition,
  EnsureTable: (node, _scope, context) => {
    context.section.ensuredTables.push({ table: node.need('Id'), span: node.spanOf('Id') });
  },
};
