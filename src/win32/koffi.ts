/**
 * Loads the koffi addon without its JavaScript package: in the product `koffi.node` lies beside the executable, and a
 * single executable can `require` builtins only. Run from source on Windows, the package in node_modules is used.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as KoffiModule from 'koffi';

export type Koffi = typeof KoffiModule;

/** koffi.node is missing, of another architecture, or otherwise not loadable. */
export class NativeModuleError extends Error {
  readonly code = 'ERR_NATIVE_MODULE';
  constructor(path: string, cause: unknown) {
    // Windows' text for a failed load is two lines, of which the second repeats the path.
    const [found = ''] = (cause instanceof Error ? cause.message : String(cause)).split(/\.?\r?\n/);
    super(`Cannot load "${path}": ${found}. Repair the installation.`, { cause });
    this.name = 'NativeModuleError';
  }
}

let loaded: Koffi | undefined;

/** @throws NativeModuleError */
export function loadKoffi(): Koffi {
  loaded ??= load(join(dirname(process.execPath), 'koffi.node'));
  return loaded;
}

function load(addon: string): Koffi {
  const script = process.argv[1];
  try {
    if (!existsSync(addon) && script !== undefined && script !== process.execPath) {
      return createRequire(script)('koffi') as Koffi;
    }
    const module = { exports: {} };
    process.dlopen(module, addon);
    return module.exports as Koffi;
  } catch (cause) {
    throw new NativeModuleError(addon, cause);
  }
}
