/**
 * Messages that an embedded user interface library gets unless it is told to ignore them (`IgnoreX="yes"`), with their
 * bits. Source: MsiSetExternalUI, INSTALLLOGMODE.
 */
export const embeddedUiMessages: Readonly<Record<string, number>> = {
  FatalExit: 0x1,
  Error: 0x2,
  Warning: 0x4,
  User: 0x8,
  Info: 0x10,
  FilesInUse: 0x20,
  ResolveSource: 0x40,
  OutOfDiskSpace: 0x80,
  ActionStart: 0x100,
  ActionData: 0x200,
  Progress: 0x400,
  CommonData: 0x800,
  Initialize: 0x1000,
  Terminate: 0x2000,
  ShowDialog: 0x4000,
  RMFilesInUse: 0x2000000,
  InstallStart: 0x4000000,
  InstallEnd: 0x8000000,
};
