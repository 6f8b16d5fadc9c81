import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the Wine environment keeps what outlives one run. All of it can be deleted at any time that no test runs.
 * - `roots/`: Debian trees that hold a Wine newer than the machine's own
 * - `templates/`: one fresh prefix per Wine version
 * - `prefixes/`: prefixes in use, named after the process that owns them
 * - `locks/`: see `exclusive.ts`
 */
export interface WineCache {
  readonly home: string;
  readonly roots: string;
  readonly templates: string;
  readonly prefixes: string;
  readonly locks: string;
}

export function wineCache(env: NodeJS.ProcessEnv = process.env): WineCache {
  const base = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const home = join(base, 'vigil', 'wine');
  const below = (name: string): string => join(home, name);
  return {
    home,
    roots: below('roots'),
    templates: below('templates'),
    prefixes: below('prefixes'),
    locks: below('locks'),
  };
}
