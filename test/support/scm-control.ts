/**
 * Drives one service through the Service Control Manager and prints what it saw as one line of JSON. Runs on Windows
 * (or Wine) with a `koffi.node` beside the executable that runs it; self-contained, so that it can be bundled into one
 * CommonJS file: `esbuild test/support/scm-control.ts --bundle --platform=node --format=cjs`.
 *
 *   node.exe scm-control.cjs <service> query | start [ARG...] | stop | pause | continue | interrogate | paramchange
 *   node.exe scm-control.cjs <service> control N             any control code
 *   node.exe scm-control.cjs <service> wait STATE [MS]       until that state (default 30000 ms)
 *   node.exe scm-control.cjs <service> time-start [MS]       start, and how long until RUNNING
 *   node.exe scm-control.cjs <service> time-stop [MS]        stop, how long until STOPPED, and until the process is gone
 *
 * JSON: `{ ok, verb, error?: { api, code }, status?, elapsedMs, ... }`; exit code 0 when `ok`, else 1. It does not
 * create, configure or delete services.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Koffi from 'koffi';

const stateNames = [
  'unknown',
  'stopped',
  'start-pending',
  'stop-pending',
  'running',
  'continue-pending',
  'pause-pending',
  'paused',
];
const controls: Record<string, number> = { stop: 1, pause: 2, continue: 3, interrogate: 4, paramchange: 6 };

const SC_MANAGER_CONNECT = 0x0001;
const SERVICE_RIGHTS = 0x0004 | 0x0010 | 0x0020 | 0x0040 | 0x0080 | 0x0100; // query, start, stop, pause, interrogate, user
const SYNCHRONIZE = 0x0010_0000;
const SC_STATUS_PROCESS_INFO = 0;
const STATUS_BYTES = 36;

interface ServiceStatus {
  readonly state: string;
  readonly controlsAccepted: number;
  readonly win32ExitCode: number;
  readonly serviceSpecificExitCode: number;
  readonly checkPoint: number;
  readonly waitHint: number;
  readonly processId: number;
}

class ApiFailure extends Error {
  readonly api: string;
  readonly win32Code: number;
  constructor(api: string, win32Code: number) {
    super(`${api} failed with error ${win32Code}`);
    this.api = api;
    this.win32Code = win32Code;
  }
}

// No top-level await: it does not exist in CommonJS, which this is bundled to.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function main([service, verb, ...rest]: string[]): Promise<number> {
  if (service === undefined || verb === undefined) {
    console.error('usage: scm-control <service> <verb> [argument...]');
    return 2;
  }
  const began = performance.now();
  const report: Record<string, unknown> = { ok: true, verb };
  try {
    Object.assign(report, await perform(openService(service), verb, rest));
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    Object.assign(report, { ok: false, error: { api: error.api, code: error.win32Code } });
  }
  report.elapsedMs = since(began);
  console.log(JSON.stringify(report));
  return report.ok === true ? 0 : 1;
}

type Service = ReturnType<typeof openService>;

async function perform(service: Service, verb: string, rest: readonly string[]): Promise<Record<string, unknown>> {
  const code = verb === 'control' ? Number(rest[0]) : controls[verb];
  if (code !== undefined) return { status: service.control(code) };
  switch (verb) {
    case 'query':
      return { status: service.query() };
    case 'start':
      service.start(rest);
      return { status: service.query() };
    case 'wait':
      return waitForState(service, rest[0] ?? 'running', Number(rest[1] ?? 30_000));
    case 'time-start':
      return timeStart(service, Number(rest[0] ?? 30_000));
    case 'time-stop':
      return timeStop(service, Number(rest[0] ?? 30_000));
    default:
      return { ok: false, message: `unknown verb "${verb}"` };
  }
}

/** Polls fast, so that the reported time is that of the service; `seen` lists every state on the way. */
async function waitForState(service: Service, wanted: string, timeoutMs: number): Promise<Record<string, unknown>> {
  const began = performance.now();
  const seen: string[] = [];
  for (;;) {
    const status = service.query();
    if (seen.at(-1) !== status.state) seen.push(status.state);
    if (status.state === wanted) return { status, seen, reachedMs: since(began) };
    const ended = status.state === 'stopped' && seen.length > 1;
    if (ended || performance.now() - began > timeoutMs) return { ok: false, status, seen, wanted };
    await sleep(1);
  }
}

/** StartService itself returns only when the new process has called the dispatcher: `connectedMs`. */
async function timeStart(service: Service, timeoutMs: number): Promise<Record<string, unknown>> {
  const began = performance.now();
  service.start([]);
  const connectedMs = since(began);
  const outcome = await waitForState(service, 'running', timeoutMs);
  return { ...outcome, connectedMs, reachedMs: since(began) };
}

/** The process handle is opened before the control is sent: afterwards the process may be gone already. */
async function timeStop(service: Service, timeoutMs: number): Promise<Record<string, unknown>> {
  const process = service.openProcess(service.query().processId);
  const began = performance.now();
  service.control(1);
  const outcome = await waitForState(service, 'stopped', timeoutMs);
  const stopped = performance.now();
  const exited = process.waitForExit(timeoutMs);
  return {
    ...outcome,
    ok: outcome.ok !== false && exited,
    processGoneAfterStoppedMs: since(stopped),
    totalMs: since(began),
  };
}

function openService(name: string) {
  const koffi = createRequire(process.execPath)(join(dirname(process.execPath), 'koffi.node')) as typeof Koffi;
  const kernel32 = koffi.load('kernel32.dll');
  const getLastError = kernel32.func('uint32 GetLastError()');
  const openProcess = kernel32.func('void *OpenProcess(uint32 access, int inherit, uint32 pid)');
  const waitForSingleObject = kernel32.func('uint32 WaitForSingleObject(void *handle, uint32 ms)');
  const advapi32 = koffi.load('advapi32.dll');
  const openManager = advapi32.func('void *OpenSCManagerW(str16 machine, str16 database, uint32 access)');
  const open = advapi32.func('void *OpenServiceW(void *manager, str16 name, uint32 access)');
  const start = advapi32.func('int StartServiceW(void *service, uint32 count, _In_ str16 *args)');
  const control = advapi32.func('int ControlService(void *service, uint32 code, _Out_ uint8 *status)');
  const query = advapi32.func(
    'int QueryServiceStatusEx(void *service, int level, _Out_ uint8 *buffer, uint32 bytes, _Out_ uint32 *needed)',
  );
  const need = <T>(api: string, value: T): T => {
    if (value === null || value === 0) throw new ApiFailure(api, getLastError());
    return value;
  };
  const manager = need('OpenSCManagerW', openManager(null, null, SC_MANAGER_CONNECT));
  const handle = need('OpenServiceW', open(manager, name, SERVICE_RIGHTS));
  return {
    start: (args: readonly string[]) =>
      need('StartServiceW', start(handle, args.length, args.length === 0 ? null : [...args])) as unknown as undefined,
    /** The status that the SCM returned with the control. */
    control(code: number): ServiceStatus {
      const buffer = Buffer.alloc(STATUS_BYTES);
      need('ControlService', control(handle, code, buffer));
      return decodeStatus(buffer);
    },
    query(): ServiceStatus {
      const buffer = Buffer.alloc(STATUS_BYTES);
      need('QueryServiceStatusEx', query(handle, SC_STATUS_PROCESS_INFO, buffer, STATUS_BYTES, [0]));
      return decodeStatus(buffer);
    },
    openProcess(pid: number) {
      const target = need('OpenProcess', openProcess(SYNCHRONIZE, 0, pid));
      return { waitForExit: (ms: number): boolean => waitForSingleObject(target, ms) === 0 };
    },
  };
}

/** SERVICE_STATUS_PROCESS: nine DWORDs, the first seven of which are SERVICE_STATUS. */
function decodeStatus(buffer: Buffer): ServiceStatus {
  const word = (index: number): number => buffer.readUInt32LE(index * 4);
  return {
    state: stateNames[word(1)] ?? `state-${word(1)}`,
    controlsAccepted: word(2),
    win32ExitCode: word(3),
    serviceSpecificExitCode: word(4),
    checkPoint: word(5),
    waitHint: word(6),
    processId: word(7),
  };
}

function since(began: number): number {
  return Math.round((performance.now() - began) * 100) / 100;
}
