/** Where the toolchain itself lies, and what it is made of. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the toolchain's package.json. */
export const toolchainRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Hash over the toolchain's own sources and its lockfile: two runs with equal hashes are the same program. Costs a few
 * milliseconds; it is what lets a maintainer edit a stage without clearing caches.
 */
export async function toolchainFingerprint(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const files = [join(toolchainRoot, 'package.json'), join(toolchainRoot, 'package-lock.json')];
  for (const dir of ['installer', 'templates']) files.push(...(await filesBelow(join(toolchainRoot, dir))));
  for (const file of files.toSorted()) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    hash.update(relative(toolchainRoot, file).replaceAll('\\', '/')).update('\0').update(content).update('\0');
  }
  return hash.digest('hex');
}

export async function toolchainVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(toolchainRoot, 'package.json'), 'utf8')) as { version: string };
  return version;
}

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
