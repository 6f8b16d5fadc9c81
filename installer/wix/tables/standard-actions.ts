/**
 * The standard actions: their numbers, the sequences they belong to, and what makes them appear.
 * Sources: Windows Installer "Suggested …Sequence" pages; which of them WiX writes, and its conditions, as measured.
 */
export interface StandardAction {
  readonly name: string;
  /** Suggested number; null when there is none and the author has to place it. */
  readonly sequence: number | null;
  readonly condition?: string;
}

interface ActionFacts {
  readonly sequence: number | null;
  readonly in: readonly SequenceLetter[];
  readonly condition?: string;
  /** Sequences that have the action whatever the package holds. */
  readonly always?: readonly SequenceLetter[];
  /** Tables that bring the action in when they have rows. */
  readonly tables?: readonly string[];
  /** The sequences that `tables` bring it into, when not all that may hold it: the others are left to the author. */
  readonly causedIn?: readonly SequenceLetter[];
}

/** X InstallExecute, U InstallUI, A AdminExecute, V AdminUI, D AdvtExecute. */
type SequenceLetter = 'X' | 'U' | 'A' | 'V' | 'D';

const LETTERS: Readonly<Record<string, SequenceLetter>> = {
  InstallExecuteSequence: 'X',
  InstallUISequence: 'U',
  AdminExecuteSequence: 'A',
  AdminUISequence: 'V',
  AdvtExecuteSequence: 'D',
};

export const sequenceTables: readonly string[] = Object.keys(LETTERS);

const X = ['X'] as const;
const XU = ['X', 'U'] as const;
const XD = ['X', 'D'] as const;
const XAD = ['X', 'A', 'D'] as const;
const XUAV = ['X', 'U', 'A', 'V'] as const;
const ALL = ['X', 'U', 'A', 'V', 'D'] as const;

const actions: Readonly<Record<string, ActionFacts>> = {
  FindRelatedProducts: { sequence: 25, in: XU, tables: ['Upgrade'] },
  AppSearch: { sequence: 50, in: XU, tables: ['AppSearch', 'CCPSearch'] },
  LaunchConditions: { sequence: 100, in: XUAV, tables: ['LaunchCondition'], causedIn: XU },
  CCPSearch: { sequence: 500, in: XU, condition: 'NOT Installed', tables: ['CCPSearch'] },
  RMCCPSearch: { sequence: 600, in: XU, condition: 'NOT Installed', tables: ['CCPSearch'] },
  ValidateProductID: { sequence: 700, in: XU, always: XU },
  CostInitialize: { sequence: 800, in: ALL, always: ALL },
  FileCost: { sequence: 900, in: XUAV, always: XUAV },
  IsolateComponents: { sequence: 950, in: XU, tables: ['IsolatedComponent'], causedIn: X },
  CostFinalize: { sequence: 1000, in: ALL, always: ALL },
  SetODBCFolders: { sequence: 1100, in: X, tables: ['ODBCDriver', 'ODBCTranslator', 'ODBCDataSource'] },
  MigrateFeatureStates: { sequence: 1200, in: XU },
  ExecuteAction: { sequence: 1300, in: ['U', 'V'], always: ['U', 'V'] },
  InstallValidate: { sequence: 1400, in: XAD, always: XAD },
  InstallInitialize: { sequence: 1500, in: XAD, always: XAD },
  AllocateRegistrySpace: { sequence: 1550, in: X, condition: 'NOT Installed' },
  ProcessComponents: { sequence: 1600, in: X, always: X },
  UnpublishComponents: { sequence: 1700, in: X, tables: ['PublishComponent'] },
  MsiUnpublishAssemblies: { sequence: 1750, in: X, tables: ['MsiAssembly'] },
  UnpublishFeatures: { sequence: 1800, in: X, always: X },
  StopServices: { sequence: 1900, in: X, condition: 'VersionNT', tables: ['ServiceControl'] },
  DeleteServices: { sequence: 2000, in: X, condition: 'VersionNT', tables: ['ServiceControl'] },
  UnregisterComPlus: { sequence: 2100, in: X, tables: ['Complus'] },
  SelfUnregModules: { sequence: 2200, in: X, tables: ['SelfReg'] },
  UnregisterTypeLibraries: { sequence: 2300, in: X, tables: ['TypeLib'] },
  RemoveODBC: { sequence: 2400, in: X, tables: ['ODBCDriver', 'ODBCTranslator', 'ODBCDataSource'] },
  UnregisterFonts: { sequence: 2500, in: X, tables: ['Font'] },
  RemoveRegistryValues: { sequence: 2600, in: X, tables: ['Registry', 'RemoveRegistry'] },
  UnregisterClassInfo: { sequence: 2700, in: X, tables: ['Class'] },
  UnregisterExtensionInfo: { sequence: 2800, in: X, tables: ['Extension'] },
  UnregisterProgIdInfo: { sequence: 2900, in: X, tables: ['ProgId'] },
  UnregisterMIMEInfo: { sequence: 3000, in: X, tables: ['MIME'] },
  RemoveIniValues: { sequence: 3100, in: X, tables: ['IniFile', 'RemoveIniFile'] },
  RemoveShortcuts: { sequence: 3200, in: X, tables: ['Shortcut'] },
  RemoveEnvironmentStrings: { sequence: 3300, in: X, tables: ['Environment'] },
  RemoveDuplicateFiles: { sequence: 3400, in: X, tables: ['DuplicateFile'] },
  RemoveFiles: { sequence: 3500, in: X, tables: ['File', 'RemoveFile'] },
  RemoveFolders: { sequence: 3600, in: X, tables: ['CreateFolder'] },
  CreateFolders: { sequence: 3700, in: X, tables: ['CreateFolder'] },
  MoveFiles: { sequence: 3800, in: X, tables: ['MoveFile'] },
  InstallAdminPackage: { sequence: 3900, in: ['A'], always: ['A'] },
  InstallFiles: { sequence: 4000, in: ['X', 'A'], always: ['A'], tables: ['File'] },
  PatchFiles: { sequence: 4090, in: ['X', 'A'] },
  DuplicateFiles: { sequence: 4210, in: X, tables: ['DuplicateFile'] },
  BindImage: { sequence: 4300, in: X, tables: ['BindImage'] },
  CreateShortcuts: { sequence: 4500, in: XD, tables: ['Shortcut'] },
  RegisterClassInfo: { sequence: 4600, in: XD, tables: ['Class'] },
  RegisterExtensionInfo: { sequence: 4700, in: XD, tables: ['Extension'] },
  RegisterProgIdInfo: { sequence: 4800, in: XD, tables: ['ProgId'] },
  RegisterMIMEInfo: { sequence: 4900, in: XD, tables: ['MIME'] },
  WriteRegistryValues: { sequence: 5000, in: X, tables: ['Registry', 'RemoveRegistry'] },
  WriteIniValues: { sequence: 5100, in: X, tables: ['IniFile', 'RemoveIniFile'] },
  WriteEnvironmentStrings: { sequence: 5200, in: X, tables: ['Environment'] },
  RegisterFonts: { sequence: 5300, in: X, tables: ['Font'] },
  InstallODBC: { sequence: 5400, in: X, tables: ['ODBCDriver', 'ODBCTranslator', 'ODBCDataSource'] },
  RegisterTypeLibraries: { sequence: 5500, in: X, tables: ['TypeLib'] },
  SelfRegModules: { sequence: 5600, in: X, tables: ['SelfReg'] },
  RegisterComPlus: { sequence: 5700, in: X, tables: ['Complus'] },
  InstallServices: { sequence: 5800, in: X, condition: 'VersionNT', tables: ['ServiceInstall'] },
  MsiConfigureServices: {
    sequence: 5850,
    in: X,
    condition: 'VersionNT>=600',
    tables: ['MsiServiceConfig', 'MsiServiceConfigFailureActions'],
  },
  StartServices: { sequence: 5900, in: X, condition: 'VersionNT', tables: ['ServiceControl'] },
  RegisterUser: { sequence: 6000, in: X, always: X },
  RegisterProduct: { sequence: 6100, in: X, always: X },
  PublishComponents: { sequence: 6200, in: XD, tables: ['PublishComponent'] },
  MsiPublishAssemblies: { sequence: 6250, in: XD, tables: ['MsiAssembly'] },
  PublishFeatures: { sequence: 6300, in: XD, always: XD },
  PublishProduct: { sequence: 6400, in: XD, always: XD },
  InstallExecute: { sequence: 6500, in: X, condition: 'NOT Installed' },
  InstallExecuteAgain: { sequence: 6550, in: X, condition: 'NOT Installed' },
  InstallFinalize: { sequence: 6600, in: XAD, always: XAD },
  DisableRollback: { sequence: null, in: X },
  ForceReboot: { sequence: null, in: X },
  RemoveExistingProducts: { sequence: null, in: X },
  ResolveSource: { sequence: null, in: XU },
  ScheduleReboot: { sequence: null, in: XU },
};

/** The standard actions that may stand in a sequence table. */
export function standardActionsOf(table: string): readonly StandardAction[] {
  return select(table, ({ in: letters }, letter) => letters.includes(letter));
}

/** Those that a package with rows in `tables` has in a sequence table without being asked. */
export function impliedActionsOf(table: string, tables: ReadonlySet<string>): readonly StandardAction[] {
  return select(table, (facts, letter) => {
    const { always = [], tables: causes = [], in: letters, causedIn = letters } = facts;
    return always.includes(letter) || (causedIn.includes(letter) && causes.some((cause) => tables.has(cause)));
  });
}

export function isStandardAction(name: string): boolean {
  return Object.hasOwn(actions, name);
}

function select(
  table: string,
  wanted: (facts: ActionFacts, letter: SequenceLetter) => boolean,
): readonly StandardAction[] {
  const letter = LETTERS[table];
  if (letter === undefined) return [];
  return Object.entries(actions)
    .filter(([, facts]) => wanted(facts, letter))
    .map(([name, { sequence, condition }]) => ({ name, sequence, ...(condition === undefined ? {} : { condition }) }));
}
