/** Where the toolchain keeps what it may use again: the Windows runtimes. Safe to delete at any time. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `VIGIL_CACHE_DIR`, else the platform's folder for caches. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.VIGIL_CACHE_DIR !== undefined && env.VIGIL_CACHE_DIR !== '') return env.VIGIL_CACHE_DIR;
  if (process.platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'vigil', 'cache');
  if (env.XDG_CACHE_HOME !== undefined && env.XDG_CACHE_HOME !== '') return join(env.XDG_CACHE_HOME, 'vigil');
  return join(homedir(), '.cache', 'vigil');
}
