import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The whole environment of every Wine process. Nothing of the caller's comes through: NODE_OPTIONS or
 * NODE_EXTRA_CA_CERTS would reach the Windows node.exe, DISPLAY would make Wine want a desktop.
 */
export function wineEnvironment(prefixFolder: string, homeFolder: string): Record<string, string> {
  const runtimeFolder = join(homeFolder, 'run');
  mkdirSync(runtimeFolder, { recursive: true, mode: 0o700 });
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:/opt/homebrew/bin',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    HOME: homeFolder,
    XDG_RUNTIME_DIR: runtimeFolder,
    WINEPREFIX: prefixFolder,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // Neither .NET nor a browser engine: else the first start asks for downloads.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  };
}
