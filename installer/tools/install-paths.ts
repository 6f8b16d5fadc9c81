/** Where the files of a database would be installed, as path segments. Pure; trusts nothing that the database says. */
import { FormatError } from '../formats/format-error.ts';
import type { MsiCell, MsiDatabase } from '../formats/msi/index.ts';

export interface InstalledFile {
  /** Key of the File row, which is also the name of the cabinet's member. */
  readonly id: string;
  readonly sequence: number;
  readonly sizeBytes: number;
  /** File attributes of the row. */
  readonly attributes: number;
  /** Folders and file name, long names, below the target. */
  readonly target: readonly string[];
  /** The same in an uncompressed source image beside the MSI. */
  readonly source: readonly string[];
}

interface Folder {
  readonly parent: string | null;
  readonly defaultDir: string;
}

/** In order of their sequence numbers. Throws `FormatError` for a broken reference or a name that is no plain file name. */
export function installedFiles(database: MsiDatabase): readonly InstalledFile[] {
  const folders = new Map(
    rowsOf(database, 'Directory').map((row) => [
      text(row.Directory),
      {
        parent: typeof row.Directory_Parent === 'string' ? row.Directory_Parent : null,
        defaultDir: text(row.DefaultDir),
      },
    ]),
  );
  const homes = new Map(rowsOf(database, 'Component').map((row) => [text(row.Component), text(row.Directory_)]));
  const files = rowsOf(database, 'File').map((row): InstalledFile => {
    const home = homes.get(text(row.Component_));
    if (home === undefined)
      throw bad(`File "${text(row.File)}" names component "${text(row.Component_)}", which is not there`);
    const name = plainName(longName(text(row.FileName)));
    return {
      id: text(row.File),
      sequence: Number(row.Sequence),
      sizeBytes: Number(row.FileSize),
      attributes: Number(row.Attributes ?? 0),
      target: [...folderPath(home, folders, 'target'), name],
      source: [...folderPath(home, folders, 'source'), name],
    };
  });
  return files.sort((left, right) => left.sequence - right.sequence);
}

/** Every row of a table as an object; none when the table is absent. */
export function rowsOf(database: MsiDatabase, name: string): readonly Readonly<Record<string, MsiCell>>[] {
  const table = database.tables.find((candidate) => candidate.name === name);
  return (table?.rows ?? []).map((row) =>
    Object.fromEntries((table?.columns ?? []).map((column, index) => [column.name, row[index] ?? null])),
  );
}

function folderPath(id: string, folders: ReadonlyMap<string, Folder>, side: 'target' | 'source'): readonly string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null; ) {
    const folder: Folder | undefined = folders.get(at);
    if (folder === undefined) throw bad(`directory "${at}" is not there`);
    if (seen.has(at)) throw bad(`directory "${at}" is its own ancestor`);
    seen.add(at);
    // The root stands for the target itself.
    if (folder.parent === null || folder.parent === at) break;
    const [target = '', source = target] = folder.defaultDir.split(':');
    const name = longName(side === 'target' ? target : source);
    if (name !== '.') path.unshift(plainName(name));
    // A folder that Windows resolves has no name of its own: its id keeps Program Files and ProgramData apart.
    else if (side === 'target' && folders.get(folder.parent)?.parent === null && /Folder$/.test(at))
      path.unshift(plainName(at));
    at = folder.parent;
  }
  return path;
}

function longName(column: string): string {
  return column.split('|').at(-1) ?? '';
}

/** The name, if it is one step down and nothing else on any system; else a FormatError. */
function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in a file name
  if (name === '' || /^\.+$/.test(name) || /[\\/:*?"<>|\x00-\x1f]/.test(name)) {
    throw bad(`${JSON.stringify(name)} is not the name of a file or folder`);
  }
  return name;
}

function text(cell: MsiCell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

function bad(found: string): FormatError {
  return new FormatError('msi', 'invalid-data', `Cannot tell where files are installed: ${found}`);
}
