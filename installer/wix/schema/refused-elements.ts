/** Elements that WiX has and this compiler refuses on purpose, with the reason and what to do instead. */
const MERGE = 'merge modules cannot be read or made here, install their files with components of your own';
const PATCH = 'patches are not made here, deliver a new version with MajorUpgrade instead';
const BUNDLE = 'bundles are not made here, deliver the MSI itself';
const CERTIFICATE = 'certificates of external cabinets are not supported, embed the cabinets and sign the MSI';

const REASONS: Readonly<Record<string, readonly string[]>> = {
  [MERGE]: ['Module', 'Merge', 'MergeRef', 'Configuration', 'ConfigurationData', 'Substitution', 'Exclusion'],
  [PATCH]: [
    'Patch',
    'PatchBaseline',
    'PatchCertificates',
    'PatchCreation',
    'PatchFamily',
    'PatchFamilyGroup',
    'PatchFamilyGroupRef',
    'PatchFamilyRef',
    'PatchInformation',
    'PatchMetadata',
    'PatchProperty',
    'IgnoreRange',
    'ProtectRange',
  ],
  [BUNDLE]: [
    'Bundle',
    'BootstrapperApplication',
    'Chain',
    'Container',
    'PackageGroup',
    'PayloadGroup',
    'RelatedBundle',
  ],
  [CERTIFICATE]: ['DigitalCertificate', 'DigitalCertificateRef', 'DigitalSignature', 'PackageCertificates'],
  'transforms inside the MSI are not written, make them with "msi transform make"': ['InstanceTransforms', 'Instance'],
  'packages within packages are not supported, install them one after the other': [
    'EmbeddedChainer',
    'EmbeddedChainerRef',
  ],
  'it is for Windows Me, which Windows Installer left behind': ['SFPCatalog', 'SFPFile'],
  'it has been replaced: write RegistryKey and RegistryValue': ['Registry'],
  'merge modules, for which it was meant, are not made here': ['IgnoreModularization', 'IgnoreTable', 'Dependency'],
};

export const refusedElements: ReadonlyMap<string, string> = new Map(
  Object.entries(REASONS).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

/** What replaces elements of WiX's extensions; each of them brings a DLL of custom actions, which this compiler does not. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  ServiceConfig: 'write ServiceConfig, and the FailureActions value of the service with RegistryValue',
  PermissionEx: 'write PermissionEx without a prefix, which Windows Installer carries out itself',
  FileShare: 'make the share in the program, at its first start',
  User: 'let the service run as a virtual or managed service account, which needs no user',
  Group: 'use the well-known groups of Windows',
  XmlFile: 'let the program write its own configuration at its first start',
  XmlConfig: 'let the program write its own configuration at its first start',
  RemoveFolderEx: 'name the folders with RemoveFolder and RemoveFile',
  InternetShortcut: 'install a .url file with File',
  CloseApplication: 'let Windows Installer and the Restart Manager close it',
  FirewallException: 'open the port in the program, at its first start, or by policy',
  PerformanceCategory: 'register the counters in the program, at its first start',
};

/** Namespaces of WiX's extensions with the prefix that is usual for them. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'http://schemas.microsoft.com/wix/UtilExtension': 'util',
  'http://schemas.microsoft.com/wix/FirewallExtension': 'fire',
  'http://schemas.microsoft.com/wix/IIsExtension': 'iis',
  'http://schemas.microsoft.com/wix/SqlExtension': 'sql',
  'http://schemas.microsoft.com/wix/NetFxExtension': 'netfx',
  'http://schemas.microsoft.com/wix/DependencyExtension': 'dep',
};

/** Why the element or attribute `name` of a namespace other than WiX's own is refused. */
export function foreignReason(name: string, uri: string): string {
  if (EXTENSIONS[uri] === undefined) return 'it is neither the namespace of WiX nor one of its extensions';
  const instead = REPLACEMENTS[name.split(':').at(-1) ?? name];
  const reason = 'it works through a DLL of custom actions, which this compiler does not bring';
  return instead === undefined ? reason : `${reason}; ${instead}`;
}

/** `util:EventSource` for an element of a known extension, whatever prefix its author uses; else the name as it is. */
export function qualifiedName(name: string, uri: string): string {
  const prefix = EXTENSIONS[uri];
  return prefix === undefined ? name : `${prefix}:${name}`;
}
