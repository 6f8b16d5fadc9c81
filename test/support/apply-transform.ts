/**
 * Applies a transform to a database with Windows' own `msi.dll`, in place. Runs on Windows (or Wine) with a `koffi.node`
 * beside the executable that runs it: `node.exe apply-transform.cjs <msi> <mst>`. Exit code 0 when all calls succeeded;
 * otherwise the name and the result of the first that did not are printed.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Koffi from 'koffi';

const koffi = createRequire(process.execPath)(join(dirname(process.execPath), 'koffi.node')) as typeof Koffi;
const msi = koffi.load('msi.dll');
const open = msi.func(
  'unsigned int __stdcall MsiOpenDatabaseW(const char16_t *path, intptr_t persist, _Out_ unsigned long *handle)',
);
const apply = msi.func(
  'unsigned int __stdcall MsiDatabaseApplyTransformW(unsigned long handle, const char16_t *path, int ignored)',
);
const commit = msi.func('unsigned int __stdcall MsiDatabaseCommit(unsigned long handle)');
const close = msi.func('unsigned int __stdcall MsiCloseHandle(unsigned long handle)');

const MSIDBOPEN_TRANSACT = 1;
const [database = '', transform = ''] = process.argv.slice(2);
const handle: [number] = [0];
const calls: readonly (readonly [string, () => number])[] = [
  ['MsiOpenDatabaseW', () => open(database, MSIDBOPEN_TRANSACT, handle)],
  ['MsiDatabaseApplyTransformW', () => apply(handle[0], transform, 0)],
  ['MsiDatabaseCommit', () => commit(handle[0])],
  ['MsiCloseHandle', () => close(handle[0])],
];
for (const [name, call] of calls) {
  const result = call();
  if (result === 0) continue;
  console.log(`${name} returned ${result}`);
  process.exitCode = 1;
  break;
}
