/** Folders: refused where locking or removing them would do harm, and removed with REMOVEDATA=1. */
import { refuse, removing, type Step, set } from './step.ts';
import { formatted } from './wix-text.ts';

/** After CostFinalize, when every folder is a full path that ends with a backslash. */
export function folderRefusals(): readonly Step[] {
  const wrongPlace = (folder: string): Step =>
    refuse(
      folder,
      `NOT (${folder} >< ":\\") OR ${folder} >> ":\\"`,
      formatted(`${folder} is "[${folder}]", expected the full path of a folder on a local drive.`),
    );
  return [
    wrongPlace('INSTALLDIR'),
    wrongPlace('DATADIR'),
    refuse(
      'ProgramInData',
      'INSTALLDIR ~<< DATADIR',
      formatted(
        'INSTALLDIR is "[INSTALLDIR]", expected a folder outside of DATADIR, "[DATADIR]": the service could replace its own program.',
      ),
    ),
  ];
}

export interface RemovedFolder {
  readonly id: string;
  /** Holds the path, but only while the data are to be removed; a RemoveFile row without a path does nothing. */
  readonly property: string;
  /** File names and patterns. */
  readonly files: readonly { readonly id: string; readonly name: string }[];
  /** Whether the folder itself goes; the data folder does anyway, once it is empty. */
  readonly folderToo: boolean;
}

/** `folders` lie in the data folder. */
export function removedFolders(folders: readonly string[]): readonly RemovedFolder[] {
  return [
    { id: 'DataFolder', property: dataToRemove(0), files: [{ id: 'RemoveYaml', name: '*.y*' }], folderToo: false },
    ...folders.map((_name, index) => ({
      id: `RemoveFolder${index + 1}`,
      property: dataToRemove(index + 1),
      files: [{ id: `RemoveFiles${index + 1}`, name: '*' }],
      folderToo: true,
    })),
  ];
}

/** Sets the properties of `removedFolders`: when an administrator removes the product and asks for it, never in an upgrade. */
export function removalSteps(folders: readonly string[]): readonly Step[] {
  const condition = `${removing} AND REMOVEDATA = 1 AND NOT UPGRADINGPRODUCTCODE AND REMEMBERED_DATADIR`;
  // The stored path ends with a backslash: it was written after CostFinalize.
  return ['', ...folders].map((name, index) =>
    set(dataToRemove(index), formatted(`[REMEMBERED_DATADIR]${name}`), { condition }),
  );
}

/** 0 is the data folder itself. */
const dataToRemove = (index: number): string => `DataToRemove${index}`;
