/** The product's further files as the tree of folders that a WiX source wants. */
import { createHash } from 'node:crypto';
import { literal, type WixText } from './wix-text.ts';

export interface InstallFile {
  readonly componentId: string;
  readonly fileId: string;
  readonly name: WixText;
  readonly source: WixText;
}

export interface InstallFolder {
  readonly id: string;
  readonly name: WixText;
  readonly files: readonly InstallFile[];
  readonly folders: readonly InstallFolder[];
  /** Component ids of this folder and all below it. */
  readonly allComponentIds: readonly string[];
}

export interface FileToInstall {
  readonly source: WixText;
  /** Relative to the install folder, with `/`. */
  readonly path: string;
}

/** The tree below the install folder, in the order of the input. The root's own name is empty. */
export function installTree(files: readonly FileToInstall[]): InstallFolder {
  return folderOf(
    files.map(({ source, path }) => ({ source, parts: path.split('/') })),
    [],
  );
}

interface PathToInstall {
  readonly source: WixText;
  readonly parts: readonly string[];
}

function folderOf(entries: readonly PathToInstall[], above: readonly string[]): InstallFolder {
  const here = entries.filter(({ parts }) => parts.length === above.length + 1);
  const below = Map.groupBy(
    entries.filter(({ parts }) => parts.length > above.length + 1),
    ({ parts }) => parts[above.length] ?? '',
  );
  const folders = [...below].map(([name, inside]) => folderOf(inside, [...above, name]));
  const files = here.map((entry) => installFile(entry));
  return {
    id: idFor('dir', above),
    name: literal(above.at(-1) ?? ''),
    files,
    folders,
    allComponentIds: [
      ...files.map(({ componentId }) => componentId),
      ...folders.flatMap((folder) => folder.allComponentIds),
    ],
  };
}

function installFile({ source, parts }: PathToInstall): InstallFile {
  return { componentId: idFor('cmp', parts), fileId: idFor('fil', parts), name: literal(parts.at(-1) ?? ''), source };
}

/** An identifier that depends on the installed path alone, so that it stays the same from release to release. */
function idFor(prefix: string, parts: readonly string[]): string {
  return `${prefix}${createHash('md5').update(parts.join('/').toLowerCase()).digest('hex').toUpperCase()}`;
}
