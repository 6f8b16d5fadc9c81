/** kernel32.dll: the process itself, and the texts of error codes. */
import { loadKoffi } from './koffi.ts';

type Kernel32 = ReturnType<typeof bind>;
let bound: Kernel32 | undefined;

/** Bound without `bindLibrary`: that one needs these functions to report a failure. None of these calls can fail. */
function bind() {
  const library = loadKoffi().load('kernel32.dll');
  return {
    getLastError: library.func('GetLastError', 'uint32', []),
    getCurrentProcess: library.func('GetCurrentProcess', 'void *', []),
    terminateProcess: library.func('TerminateProcess', 'int', ['void *', 'uint32']),
    formatMessage: library.func('FormatMessageW', 'uint32', [
      'uint32',
      'void *',
      'uint32',
      'uint32',
      '_Out_ uint16 *',
      'uint32',
      'void *',
    ]),
  };
}

function kernel32(): Kernel32 {
  bound ??= bind();
  return bound;
}

/** koffi keeps the value of the last foreign call on this thread; inside an async callback, that of the async call. */
export function getLastError(): number {
  return kernel32().getLastError() as number;
}

/** Ends this process at once: no exit handlers, no flushing, no waiting for threads. */
export function terminateThisProcess(exitCode: number): void {
  kernel32().terminateProcess(kernel32().getCurrentProcess(), exitCode);
}

/** Binds ahead of need, so that ending the process costs a single call. */
export function prepareKernel32(): void {
  kernel32();
}

const FORMAT_MESSAGE_FROM_SYSTEM = 0x1000;
const FORMAT_MESSAGE_IGNORE_INSERTS = 0x200;
const FORMAT_MESSAGE_MAX_WIDTH_MASK = 0xff;
const TEXT_UNITS = 512;

/** Windows' text for an error code, in one line without a full stop; empty when it has none. */
export function formatMessage(win32Code: number): string {
  const flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
  const units = new Uint16Array(TEXT_UNITS);
  const length = kernel32().formatMessage(flags, null, win32Code, 0, units, TEXT_UNITS, null) as number;
  return Buffer.from(units.buffer, 0, length * 2)
    .toString('utf16le')
    .trim()
    .replace(/\.$/, '');
}
