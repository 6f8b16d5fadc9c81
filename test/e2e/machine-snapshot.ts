import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WinePrefix } from '../support/wine/wine-prefix.ts';

/**
 * Everything on a machine that an installation could leave behind: the paths of drive C and each registry value. Taken
 * while the machine is off, because only then has Wine written the registry to its files.
 */
export interface MachineSnapshot {
  /** Relative to drive C, folders with a slash at the end. */
  readonly files: ReadonlySet<string>;
  /** `HKLM\key` → '' and `HKLM\key!value` → its data in Wine's notation. */
  readonly registry: ReadonlyMap<string, string>;
}

/** Switches the machine off, looks, and starts it again. */
export async function takeSnapshot(machine: WinePrefix): Promise<MachineSnapshot> {
  await machine.halt();
  const prefixFolder = join(machine.driveC, '..');
  const files = readdirSync(machine.driveC, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name).slice(machine.driveC.length + 1);
    return entry.isDirectory() ? `${path}/` : path;
  });
  const hives = [
    ['HKLM', 'system.reg'],
    ['HKCU', 'user.reg'],
  ] as const;
  const registry = hives.flatMap(([root, file]) => [
    ...parseWineRegistry(root, readFileSync(join(prefixFolder, file), 'latin1')),
  ]);
  await machine.boot();
  return { files: new Set(files), registry: new Map(registry) };
}

/** What is there in `after` and was not in `before`, and what was changed or lost; sorted, one line each. */
export function compareSnapshots(before: MachineSnapshot, after: MachineSnapshot): string[] {
  const files = [
    ...[...after.files].filter((path) => !before.files.has(path)).map((path) => `added C:/${path}`),
    ...[...before.files].filter((path) => !after.files.has(path)).map((path) => `lost C:/${path}`),
  ];
  const registry = [
    ...[...after.registry].flatMap(([path, data]) => {
      const old = before.registry.get(path);
      if (old === undefined) return [`added ${path}`];
      return old === data ? [] : [`changed ${path}: ${old} → ${data}`];
    }),
    ...[...before.registry.keys()].filter((path) => !after.registry.has(path)).map((path) => `lost ${path}`),
  ];
  return [...files, ...registry].sort();
}

/** Wine's registry file: `[key] time`, then `"name"=data`, long data continued after a backslash. */
export function* parseWineRegistry(root: string, text: string): Generator<[string, string]> {
  let key = '';
  for (const line of text.replaceAll(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    const header = /^\[(.*)\](?: \d+)?$/.exec(line);
    const value = /^(@|"(?:[^"\\]|\\.)*")=(.*)$/.exec(line);
    if (header !== null) {
      key = `${root}\\${(header[1] ?? '').replaceAll('\\\\', '\\')}`;
      yield [key, ''];
    } else if (value !== null) {
      yield [`${key}!${(value[1] ?? '').replaceAll('"', '')}`, value[2] ?? ''];
    }
  }
}
