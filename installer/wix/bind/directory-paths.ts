/** Where directories are: for generated GUIDs and for source images. */
import type { DirectorySymbol } from '../symbols.ts';
import { standardDirectories } from '../tables/standard-directories.ts';

export class DirectoryPaths {
  readonly #directories: ReadonlyMap<string, DirectorySymbol>;

  constructor(directories: readonly DirectorySymbol[]) {
    this.#directories = new Map(directories.map((directory) => [directory.id, directory]));
  }

  /**
   * `ProgramFiles64Folder\acme\svc`: names in lower case below the standard directory, which keeps its case, or below a
   * generation seed. Undefined for a directory that is under neither: its place is not the same on every machine.
   */
  guidPath(id: string): string | undefined {
    const directory = this.#directories.get(id);
    if (standardDirectories.has(id)) return id;
    if (directory === undefined) return undefined;
    if (directory.guidSeed !== undefined) return directory.guidSeed;
    const parent = directory.parent === null ? undefined : this.guidPath(directory.parent);
    if (parent === undefined) return undefined;
    return directory.name === null ? parent : `${parent}\\${directory.name.toLowerCase()}`;
  }

  /** Folder of a directory's files in an uncompressed source image, relative to the MSI, with `\`; empty at the root. */
  sourcePath(id: string): string {
    const directory = this.#directories.get(id);
    if (directory === undefined || directory.parent === null) return '';
    const parent = this.sourcePath(directory.parent);
    if (directory.sourceName === null) return parent;
    return parent === '' ? directory.sourceName : `${parent}\\${directory.sourceName}`;
  }
}
