/**
 * Sources of `test/fixtures/corpus` that wixl 0.101 does not take, and what it says or does. A later wixl may take them:
 * they are then compiled by us alone all the same.
 */
export const wixlRefusals: Readonly<Record<string, string>> = {
  conditions: 'unhandled child of Component: Condition',
  'custom-actions-other': 'unhandled child of Product: SetProperty',
  environment: 'unhandled child of Component: Environment',
  'feature-groups': 'unhandled child of Feature: FeatureGroupRef',
  loops: 'no ifdef, ifndef and foreach',
  permissions: 'unhandled child of CreateFolder: PermissionEx',
  'registry-keys': 'unhandled child of RegistryKey: RegistryKey',
  'registry-lists': 'unhandled child of RegistryValue: MultiStringValue',
  removals: 'unhandled child of File: CopyFile',
  searches: 'unhandled child of Property: DirectorySearch',
  tables: 'unhandled child of Product: EnsureTable',
  unicode: 'ends by a segmentation fault',
};
