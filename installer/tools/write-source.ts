import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ByteSource } from '../formats/byte-source.ts';
import { writeAtomically } from './atomic-write.ts';

/** Writes all bytes of `source` to `path`, whole or not at all; `source` may read from the file that is replaced. */
export function writeSourceAtomically(path: string, source: ByteSource): Promise<void> {
  return writeAtomically(resolve(path), (temporaryPath) => writeFile(temporaryPath, source.chunks()));
}
