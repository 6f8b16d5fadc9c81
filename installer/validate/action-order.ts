/**
 * Which standard action must come before which. Source: the "Sequence Restrictions" of the pages of the actions, Windows
 * Installer. Everything that changes the machine lies between InstallInitialize and InstallFinalize.
 */
const chains: readonly (readonly string[])[] = [
  ['AppSearch', 'CCPSearch', 'RMCCPSearch', 'CostInitialize'],
  ['CostInitialize', 'FileCost', 'CostFinalize', 'InstallValidate', 'InstallInitialize', 'InstallFinalize'],
  ['CostInitialize', 'IsolateComponents', 'CostFinalize', 'SetODBCFolders', 'InstallValidate'],
  ['CostFinalize', 'MigrateFeatureStates', 'InstallValidate'],
  ['FindRelatedProducts', 'MigrateFeatureStates'],
  ['FindRelatedProducts', 'RemoveExistingProducts'],
  ['CostFinalize', 'ExecuteAction'],
  ['ProcessComponents', 'UnpublishFeatures'],
  [
    'StopServices',
    'DeleteServices',
    'RemoveFiles',
    'InstallFiles',
    'InstallServices',
    'MsiConfigureServices',
    'StartServices',
  ],
  ['UnregisterComPlus', 'RemoveFiles'],
  ['SelfUnregModules', 'RemoveFiles'],
  ['RemoveFolders', 'CreateFolders', 'InstallFiles'],
  ['MoveFiles', 'InstallFiles', 'PatchFiles', 'DuplicateFiles', 'BindImage'],
  ['InstallAdminPackage', 'InstallFiles'],
  ['RemoveDuplicateFiles', 'DuplicateFiles'],
  ['InstallFiles', 'SelfRegModules'],
  ['InstallFiles', 'RegisterFonts'],
  ['RemoveRegistryValues', 'WriteRegistryValues'],
  ['RemoveIniValues', 'WriteIniValues'],
  ['RemoveEnvironmentStrings', 'WriteEnvironmentStrings'],
  ['RemoveShortcuts', 'CreateShortcuts'],
  ['RemoveODBC', 'InstallODBC'],
  ['UnregisterFonts', 'RegisterFonts'],
  ['UnregisterTypeLibraries', 'RegisterTypeLibraries'],
  ['UnregisterClassInfo', 'UnregisterProgIdInfo', 'RegisterClassInfo', 'RegisterProgIdInfo', 'RegisterMIMEInfo'],
  ['UnregisterExtensionInfo', 'RegisterExtensionInfo'],
  ['PublishFeatures', 'PublishProduct'],
  ['InstallExecute', 'InstallFinalize'],
  ['InstallExecuteAgain', 'InstallFinalize'],
];

/** Every pair (earlier, later). */
export const orderedPairs: readonly (readonly [string, string])[] = chains.flatMap((chain) =>
  chain.flatMap((earlier, index) => chain.slice(index + 1).map((later) => [earlier, later] as const)),
);
