/** advapi32.dll: what a service says to the SCM, and one value of the registry. Signatures: winsvc.h and winreg.h. */
import { bindLibrary, type ForeignFunction, type Signature, total } from './ffi.ts';
import { loadKoffi } from './koffi.ts';
import { Win32Error } from './win32-error.ts';

const signatures = {
  StartServiceCtrlDispatcherW: { result: 'int', parameters: ['_In_ SERVICE_TABLE_ENTRYW *'], succeeds: 'non-zero' },
  RegisterServiceCtrlHandlerExW: {
    result: 'void *',
    parameters: ['str16', 'HandlerEx *', 'void *'],
    succeeds: 'non-zero',
  },
  SetServiceStatus: { result: 'int', parameters: ['void *', '_In_ SERVICE_STATUS *'], succeeds: 'non-zero' },
  RegGetValueW: {
    result: 'uint32',
    parameters: ['uintptr', 'str16', 'str16', 'uint32', 'void *', '_Out_ uint16 *', '_Inout_ uint32 *'],
    succeeds: 'any',
  },
} as const satisfies Record<string, Signature>;

let bound: Readonly<Record<keyof typeof signatures, ForeignFunction>> | undefined;

function advapi32() {
  if (bound !== undefined) return bound;
  const koffi = loadKoffi();
  koffi.proto('ServiceMain', 'void', ['uint32', 'void *']);
  koffi.proto('HandlerEx', 'uint32', ['uint32', 'uint32', 'void *', 'void *']);
  koffi.struct('SERVICE_TABLE_ENTRYW', { lpServiceName: 'str16', lpServiceProc: 'ServiceMain *' });
  koffi.struct('SERVICE_STATUS', {
    dwServiceType: 'uint32',
    dwCurrentState: 'uint32',
    dwControlsAccepted: 'uint32',
    dwWin32ExitCode: 'uint32',
    dwServiceSpecificExitCode: 'uint32',
    dwCheckPoint: 'uint32',
    dwWaitHint: 'uint32',
  });
  bound = bindLibrary('advapi32.dll', signatures);
  return bound;
}

export interface Win32ServiceStatus {
  readonly dwServiceType: number;
  readonly dwCurrentState: number;
  readonly dwControlsAccepted: number;
  readonly dwWin32ExitCode: number;
  readonly dwServiceSpecificExitCode: number;
  readonly dwCheckPoint: number;
  readonly dwWaitHint: number;
}

/**
 * The call blocks a libuv worker thread until the service has stopped; ServiceMain and the control handler come from
 * other threads and are queued to the JavaScript thread. `serviceMain` gets the arguments after the service's name.
 * Rejects with a `Win32Error`: 1063 when the process was not started by the SCM.
 */
export function startServiceCtrlDispatcher(
  serviceName: string,
  serviceMain: (args: readonly string[]) => void,
): Promise<void> {
  const koffi = loadKoffi();
  const api = 'StartServiceCtrlDispatcherW';
  const { [api]: dispatch } = advapi32();
  const onServiceMain = total(undefined, (count: number, argv: unknown) => serviceMain(decodeArgs(count, argv)));
  // Registered for the life of the process: the SCM may call at any moment.
  const lpServiceProc = koffi.register(onServiceMain, 'ServiceMain *');
  const table = [
    { lpServiceName: serviceName, lpServiceProc },
    { lpServiceName: null, lpServiceProc: null },
  ];
  return new Promise((resolve, reject) => {
    dispatch.async(table, (error: unknown, succeeded: number) => {
      if (error) reject(error);
      else if (succeeded === 0) reject(Win32Error.last(api));
      else resolve();
    });
  });
}

/** `argv[0]` is the service's name. */
function decodeArgs(count: number, argv: unknown): readonly string[] {
  if (argv === null || count <= 1) return [];
  return (loadKoffi().decode(argv, 'str16', count) as string[]).slice(1);
}

/** @returns the status handle. @throws Win32Error */
export function registerServiceCtrlHandler(
  serviceName: string,
  onControl: (code: number) => number,
  fallback: number,
): unknown {
  const handler = loadKoffi().register(total(fallback, onControl), 'HandlerEx *');
  return advapi32().RegisterServiceCtrlHandlerExW(serviceName, handler, null);
}

/** @throws Win32Error */
export function setServiceStatus(handle: unknown, status: Win32ServiceStatus): void {
  advapi32().SetServiceStatus(handle, status);
}

const HKEY_LOCAL_MACHINE = 0xffff_ffff_8000_0002n;
const RRF_RT_REG_SZ = 0x2;
const RRF_SUBKEY_WOW6464KEY = 0x0001_0000;
const ERROR_SUCCESS = 0;
const ERROR_FILE_NOT_FOUND = 2;
const VALUE_UNITS = 4096;

/**
 * A string value below HKEY_LOCAL_MACHINE (64-bit view), variables expanded; `undefined` when key or value is absent.
 * @throws Win32Error for anything else, such as a value of another type.
 */
export function readMachineString(key: string, value: string): string | undefined {
  const units = new Uint16Array(VALUE_UNITS);
  const bytes = [units.byteLength];
  const flags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
  const status = advapi32().RegGetValueW(HKEY_LOCAL_MACHINE, key, value, flags, null, units, bytes) as number;
  if (status === ERROR_FILE_NOT_FOUND) return undefined;
  if (status !== ERROR_SUCCESS) throw new Win32Error('RegGetValueW', status);
  const text = Buffer.from(units.buffer, 0, bytes[0] ?? 0).toString('utf16le');
  return text.slice(0, text.indexOf('\0'));
}
