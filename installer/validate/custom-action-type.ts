/**
 * The number in CustomAction.Type taken apart. Bits: Windows Installer "Custom Action Types", "Custom Action Return
 * Processing Options", "Custom Action Execution Scheduling Options", "Custom Action In-Script Execution Options".
 */
export interface CustomActionType {
  /** Source and target only, such as 18 for an installed executable. */
  readonly base: number;
  readonly inScript: boolean;
  readonly noImpersonate: boolean;
  readonly rollback: boolean;
  readonly commit: boolean;
  readonly is64BitScript: boolean;
  readonly hidesTarget: boolean;
}

const known: Readonly<Record<number, string>> = {
  1: 'DLL in the Binary table',
  2: 'executable in the Binary table',
  5: 'JScript in the Binary table',
  6: 'VBScript in the Binary table',
  7: 'nested installation from the package',
  17: 'DLL that is installed',
  18: 'executable that is installed',
  19: 'error message',
  21: 'JScript that is installed',
  22: 'VBScript that is installed',
  23: 'nested installation from the source',
  34: 'executable with a working folder',
  35: 'setting a directory',
  37: 'JScript in the row itself',
  38: 'VBScript in the row itself',
  39: 'nested installation of an advertised product',
  50: 'executable whose path is in a property',
  51: 'setting a property',
  53: 'JScript in a property',
  54: 'VBScript in a property',
};

export function decodeCustomActionType(type: number): CustomActionType {
  const inScript = (type & 0x400) !== 0;
  return {
    base: type & 0x3f,
    inScript,
    noImpersonate: (type & 0x800) !== 0,
    rollback: inScript && (type & 0x100) !== 0,
    commit: inScript && (type & 0x200) !== 0,
    is64BitScript: (type & 0x1000) !== 0,
    hidesTarget: (type & 0x2000) !== 0,
  };
}

/** What an action of this base type is; undefined when there is no such type. */
export function describeBaseType(base: number): string | undefined {
  return known[base];
}

/** Base types that only set a value or stop with a message. All others run a program, a library or a script. */
const dataOnly: ReadonlySet<number> = new Set([19, 35, 51]);

export function runsCode(base: number): boolean {
  return known[base] !== undefined && !dataOnly.has(base);
}

/** Types 17, 18, 21, 22: the code is a file of this very package. */
export function usesInstalledFile(base: number): boolean {
  return base === 17 || base === 18 || base === 21 || base === 22;
}
