/** Files that are there whole or not at all: written under another name beside the target, then renamed. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainWriteError } from '../errors.ts';

/**
 * Calls `write` with a temporary path in the folder of `path` and renames the result to `path`. When `write` fails, or
 * the process is asked to stop meanwhile, nothing is left. Throws `ToolError` for a full disk or a read-only folder.
 */
export async function writeAtomically(path: string, write: (temporaryPath: string) => Promise<void>): Promise<void> {
  const temporaryPath = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(temporaryPath);
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true, recursive: true }).catch(() => undefined);
    throw explainWriteError(error, path);
  }
}

/** Writes `content` to `path` as a whole. Same errors as `writeAtomically`. */
export function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  return writeAtomically(path, (temporaryPath) => writeFile(temporaryPath, content));
}
