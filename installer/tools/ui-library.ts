/** The library of dialogs that comes with the compiler: the files in `templates/ui`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceText, UiLibrary } from '../wix/index.ts';
import { toolchainRoot } from './toolchain.ts';

/** Where diagnostics say that its files are. */
const FOLDER = 'templates/ui';
const ENTRY = /^VigilUI_\w+$/;

/** The library, for an `Id` of the kind that its own elements have. */
export async function readUiLibrary(id: string): Promise<UiLibrary | undefined> {
  if (!ENTRY.test(id)) return undefined;
  const names = (await readdir(join(toolchainRoot, FOLDER))).sort();
  const read = (ending: string): Promise<SourceText[]> =>
    Promise.all(names.filter((name) => name.endsWith(ending)).map((name) => readText(name)));
  return { sources: await read('.wxs'), localizations: await read('.wxl') };
}

async function readText(name: string): Promise<SourceText> {
  return { file: `${FOLDER}/${name}`, text: await readFile(join(toolchainRoot, FOLDER, name), 'utf8') };
}
