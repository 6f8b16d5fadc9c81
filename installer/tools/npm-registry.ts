/**
 * Fetches a package from the npm registry the way npm itself would: the user's registry, proxy, certificates and tokens
 * come from npm's own configuration, and the content must have the integrity recorded in the lockfile.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Unpack } from 'tar';
import { errorCode, ToolError } from '../errors.ts';

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity, `sha512-…`. */
  readonly integrity: string;
}

/**
 * The entry of `name` in the package-lock.json of `projectDir`. Throws `ToolError` (`not-locked`) when the lockfile has
 * no such package, or has another version: what is not pinned is not fetched.
 */
export async function lockedPackage(projectDir: string, name: string, version: string): Promise<LockedPackage> {
  const lockfile = join(projectDir, 'package-lock.json');
  const { packages = {} } = JSON.parse(await readFile(lockfile, 'utf8')) as {
    packages?: Record<string, { version?: string; integrity?: string }>;
  };
  const entry = packages[`node_modules/${name}`];
  if (entry?.version === version && entry.integrity !== undefined) return { name, version, integrity: entry.integrity };
  const found =
    entry?.version === undefined ? 'the lockfile does not have it' : `the lockfile has version ${entry.version}`;
  throw new ToolError(
    'not-locked',
    `Cannot use "${name}@${version}": ${found}, wanted that version with its integrity`,
    {
      cure: `Run "npm install --save-exact --save-optional ${name}@${version}", or give the file with --node-exe.`,
    },
  );
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Called with the number of bytes received so far. */
  readonly onProgress: (receivedBytes: number) => void;
}

/**
 * Unpacks the package into `targetDir`, which must not exist yet. Throws `ToolError`: `integrity-mismatch` when the
 * registry's content is not what the lockfile pins, `package-not-found`, or `registry-unreachable`.
 */
export async function fetchPackage(locked: LockedPackage, targetDir: string, options: FetchOptions): Promise<void> {
  const spec = `${locked.name}@${locked.version}`;
  const settings = { ...(await npmSettings()), integrity: locked.integrity, preferOffline: true };
  // Loaded only now: most runs find everything in the cache, and npm's libraries take longer to load than those runs.
  const { default: pacote } = await import('pacote');
  let receivedBytes = 0;
  try {
    const tarball = await pacote.tarball.stream(
      spec,
      async (stream) => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) {
          options.signal.throwIfAborted();
          chunks.push(chunk as Buffer);
          receivedBytes += (chunk as Buffer).length;
          options.onProgress(receivedBytes);
        }
        return Buffer.concat(chunks);
      },
      settings,
    );
    await unpack(tarball, targetDir);
  } catch (error) {
    throw options.signal.aborted ? error : explainFetchError(error, locked);
  }
}

async function unpack(tarball: Buffer, targetDir: string): Promise<void> {
  await mkdir(targetDir, { recursive: true });
  await new Promise<void>((resolve, reject) => {
    const unpacker = new Unpack({ cwd: targetDir, strip: 1, strict: true });
    unpacker.once('close', resolve);
    unpacker.once('error', reject);
    unpacker.end(tarball);
  });
}

/** npm's effective settings, read from its files and the environment as npm does. */
async function npmSettings(): Promise<Record<string, unknown>> {
  const { default: NpmConfig } = await import('@npmcli/config');
  const { default: npm } = await import('@npmcli/config/lib/definitions/index.js');
  const { definitions, shorthands, flatten } = npm;
  const config = new NpmConfig({ npmPath: process.execPath, definitions, shorthands, flatten, argv: [], warn: false });
  await config.load();
  return { ...config.flat };
}

function explainFetchError(error: unknown, { name, version }: LockedPackage): unknown {
  const spec = `${name}@${version}`;
  switch (errorCode(error)) {
    case 'EINTEGRITY':
      return new ToolError(
        'integrity-mismatch',
        `Cannot use "${spec}": its content has another hash than package-lock.json pins`,
        {
          cure: 'Do not go on with it: find out who changed the package, the registry or the lockfile.',
          cause: error,
        },
      );
    case 'E404':
    case 'ETARGET':
      return new ToolError('package-not-found', `Cannot fetch "${spec}": the registry does not have it`, {
        cure: 'Check `npm config get registry`; a mirror may lack it. Or give the file with --node-exe.',
        cause: error,
      });
    case 'ENOTFOUND':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'ERR_SOCKET_TIMEOUT':
    case 'ENOTCACHED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'E401':
    case 'E403':
    case 'E500':
    case 'E502':
    case 'E503':
      return new ToolError(
        'registry-unreachable',
        `Cannot fetch "${spec}": the registry did not answer (${errorCode(error)})`,
        {
          cure: 'Check the network, the proxy and `npm config get registry`, or give the file with --node-exe.',
          cause: error,
        },
      );
    default:
      return error;
  }
}
