/** Where a database of wixl is not what WiX and this compiler write, and why. What is not listed here has to be equal. */
export interface Difference {
  readonly table: string;
  /** Its cells are not compared; absent when whole rows are there on one side only. */
  readonly column?: string;
  /** Rows with this first cell, on one side only. */
  readonly rows?: RegExp;
  /** Sources it is seen in; any source when absent. */
  readonly sources?: readonly string[];
  readonly reason: string;
}

const MEMBERS_IN_OTHER_ORDER = 'wixl numbers files in the order of the source, WiX by medium and identifier';

export const differences: readonly Difference[] = [
  { table: 'File', column: 'Sequence', reason: MEMBERS_IN_OTHER_ORDER },
  {
    table: 'ServiceInstall',
    column: 'ErrorControl',
    sources: ['service', 'template'],
    reason: 'wixl drops Vital',
  },
  {
    table: 'File',
    column: 'Version',
    sources: ['service', 'template'],
    reason: 'wixl does not read version resources',
  },
  {
    table: 'File',
    column: 'Language',
    sources: ['service', 'template'],
    reason: 'wixl does not read version resources',
  },
  {
    table: 'MsiFileHash',
    rows: /^ServiceExe$/,
    sources: ['service', 'template'],
    reason: 'wixl hashes files with a version too; Windows Installer compares their versions (ICE60)',
  },
  {
    table: 'Registry',
    column: 'Key',
    sources: ['registry-values', 'template'],
    reason: 'wixl ends the key of a RegistryKey with a backslash',
  },
  {
    table: 'Registry',
    column: 'Root',
    sources: ['registry-values'],
    reason: 'wixl writes 4 for HKMU; Windows Installer has -1 for it',
  },
  {
    table: 'Registry',
    column: 'Value',
    sources: ['registry-values', 'template'],
    reason: 'wixl leaves out the marks of expandable (#%) and binary (#x) values',
  },
  { table: 'Shortcut', column: 'ShowCmd', sources: ['shortcuts'], reason: 'wixl drops Show' },
  { table: 'Directory', column: 'DefaultDir', sources: ['directories'], reason: 'wixl makes no short names' },
  { table: 'File', column: 'FileName', sources: ['directories', 'template'], reason: 'wixl makes no short names' },
  {
    table: 'Component',
    rows: /^Grouped$/,
    sources: ['component-groups'],
    reason: 'wixl drops the attribute Directory, and with it the component',
  },
  {
    table: 'Feature',
    column: 'Attributes',
    sources: ['features', 'template'],
    reason: 'wixl drops Absent, AllowAdvertise',
  },
  {
    table: 'Component',
    column: 'Attributes',
    sources: ['file-attributes', 'template'],
    reason: 'wixl drops Permanent, NeverOverwrite, SharedDllRefCount, Transitive',
  },
  {
    table: 'File',
    column: 'Attributes',
    sources: ['file-attributes'],
    reason: 'wixl drops Hidden, ReadOnly and Vital',
  },
  ...['HashPart1', 'HashPart2', 'HashPart3', 'HashPart4'].map((column) => ({
    table: 'MsiFileHash',
    column,
    sources: ['file-attributes'],
    reason: 'wixl writes the MD5 of nothing for an empty file; Windows Installer has zeros',
  })),
  {
    table: 'CustomAction',
    column: 'Type',
    sources: ['custom-actions', 'sequences'],
    reason: 'wixl sets NoImpersonate (2048) on actions that do not ask for it',
  },
  { table: 'CustomAction', column: 'ExtendedType', reason: 'wixl has the column always, WiX when a row needs it' },
  ...['InstallExecuteSequence', 'InstallUISequence'].map((table) => ({
    table,
    column: 'Sequence',
    sources: ['custom-actions', 'sequences', 'template'],
    reason:
      'WiX puts an action right beside the one it names; wixl elsewhere between its neighbours, and drops Schedule',
  })),
  ...['InstallExecuteSequence', 'InstallUISequence'].map((table) => ({
    table,
    rows: /^MigrateFeatureStates$/,
    sources: ['upgrade-rows'],
    reason: 'wixl schedules it for every Upgrade row, WiX for those that migrate features',
  })),
  {
    table: 'Property',
    column: 'Value',
    sources: ['upgrade-rows'],
    reason: 'the names in SecureCustomProperties are sorted by WiX, in the order of the source by wixl',
  },
  {
    table: 'Media',
    column: 'LastSequence',
    sources: ['two-cabinets'],
    reason: 'wixl drops DiskId of Component: all files are in the first cabinet',
  },
  { table: 'Media', rows: /^1$/, sources: ['registry-values'], reason: 'wixl writes no medium without a cabinet' },
  {
    table: 'InstallExecuteSequence',
    column: 'Condition',
    sources: ['template'],
    reason: 'wixl loses the condition of a standard action (InstallServices) that another one is placed after',
  },
  {
    table: 'RemoveFile',
    column: 'DirProperty',
    sources: ['template'],
    reason: 'wixl drops Property and takes the folder of the component: it would remove another folder',
  },
  { table: '_ForceCodepage', rows: /^/, sources: ['template'], reason: 'wixl drops Codepage' },
  {
    table: 'Property',
    rows: /^(?:ProductCode|SecureCustomProperties|MsiHiddenProperties)$/,
    sources: ['template'],
    reason: 'Product/@Id="*" is a new code each time in wixl, which drops Secure and Hidden as well',
  },
  {
    table: 'Component',
    column: 'ComponentId',
    sources: ['template'],
    reason: 'Guid="*": wixl has another namespace and encoding than WiX',
  },
];

/** The differences that may be seen in `source`. */
export function differencesOf(source: string): readonly Difference[] {
  return differences.filter(({ sources }) => sources?.includes(source) ?? true);
}
