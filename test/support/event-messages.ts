/**
 * Resolves events to texts the way Event Viewer does: the message file that the registry names for a source is loaded as
 * data, and FormatMessage looks each identifier up in it. Runs on Windows (or Wine) with a `koffi.node` beside the
 * executable that runs it; self-contained, so that it can be bundled into one CommonJS file.
 *
 *   node.exe event-messages.cjs <source> <LANGID,...> <identifier>...
 *
 * Insertion N is the text `<N>`. JSON: `{ file, texts: { LANGID: [text or { error }, ...] } }` with the texts in the order
 * of the identifiers; exit code 1 and `{ error: { api, code } }` when the source or its file cannot be used.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Koffi from 'koffi';

const HKEY_LOCAL_MACHINE = 0x8000_0002;
/** Also expands the variables of a REG_EXPAND_SZ. */
const RRF_RT_REG_SZ = 2;
const LOAD_LIBRARY_AS_DATAFILE = 2;
const FORMAT_MESSAGE_FROM_HMODULE = 0x0800;
const FORMAT_MESSAGE_ARGUMENT_ARRAY = 0x2000;
const bufferCharacters = 4096;
const insertions = Array.from({ length: 9 }, (_, index) => `<${index + 1}>`);

const koffi = createRequire(process.execPath)(join(dirname(process.execPath), 'koffi.node')) as typeof Koffi;
const kernel32 = koffi.load('kernel32.dll');
const getLastError = kernel32.func('uint32 GetLastError()');
const loadLibrary = kernel32.func('void *LoadLibraryExW(str16 file, void *reserved, uint32 flags)');
const formatMessage = kernel32.func(
  'uint32 FormatMessageW(uint32 flags, void *source, uint32 id, uint32 language, _Out_ uint8 *buffer, uint32 size, _In_ str16 *args)',
);
const regGetValue = koffi
  .load('advapi32.dll')
  .func(
    'uint32 RegGetValueW(intptr key, str16 subKey, str16 value, uint32 flags, void *type, _Out_ uint8 *data, _Inout_ uint32 *size)',
  );

const report = main(process.argv.slice(2));
console.log(JSON.stringify(report));
process.exitCode = 'error' in report ? 1 : 0;

interface Failure {
  readonly error: { readonly api: string; readonly code: number };
}

function main([source = '', languages = '', ...identifiers]: string[]): Failure | object {
  const file = messageFileOf(source);
  if (typeof file !== 'string') return file;
  const module = loadLibrary(file, null, LOAD_LIBRARY_AS_DATAFILE) as object | null;
  if (module === null) return { error: { api: 'LoadLibraryExW', code: getLastError() } };
  const textsIn = (language: string) => identifiers.map((id) => textOf(module, Number(id), Number(language)));
  return { file, texts: Object.fromEntries(languages.split(',').map((language) => [language, textsIn(language)])) };
}

function messageFileOf(source: string): string | Failure {
  const key = `SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${source}`;
  const data = Buffer.alloc(bufferCharacters * 2);
  const size = [data.byteLength];
  const code = regGetValue(HKEY_LOCAL_MACHINE, key, 'EventMessageFile', RRF_RT_REG_SZ, null, data, size) as number;
  if (code !== 0) return { error: { api: 'RegGetValueW', code } };
  return data.toString('utf16le', 0, (size[0] ?? 0) - 2);
}

function textOf(module: object, id: number, language: number): string | { readonly error: number } {
  const buffer = Buffer.alloc(bufferCharacters * 2);
  const flags = FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_ARGUMENT_ARRAY;
  const length = formatMessage(flags, module, id, language, buffer, bufferCharacters, insertions) as number;
  return length === 0 ? { error: getLastError() as number } : buffer.toString('utf16le', 0, length * 2);
}
