/**
 * Runs the daemon as a Windows service. The order is what counts here: the dispatcher is called first, the handler is
 * loaded after START_PENDING, STOPPED is the very last report and comes from outside the control callback, and the
 * process ends itself in the same breath. docs/service-host.md says why. The calls themselves are behind `ScmApi`.
 */
import { type ExitCodeName, exitCodes } from '../product/exit-codes.ts';
import { encodeServiceStatus, type ServiceStatusRecord } from './scm-status.ts';
import type { HandlerFactory, HostPort } from './service-host.ts';
import { ServiceRunner } from './service-runner.ts';
import { decodeControl, ERROR_CALL_NOT_IMPLEMENTED } from './service-state.ts';

/** The Windows calls that a service makes; each throws a `Win32Error` when Windows refuses it. */
export interface ScmApi {
  /**
   * Connects the process to the SCM. Resolves when the dispatcher returned, which it does after STOPPED.
   * `serviceMain` is called on the JavaScript thread.
   */
  runDispatcher(serviceName: string, serviceMain: (args: readonly string[]) => void): Promise<void>;
  /** `onControl` returns the Win32 code for the SCM; `fallback` is what it gets should `onControl` throw. */
  registerControlHandler(serviceName: string, onControl: (code: number) => number, fallback: number): void;
  setServiceStatus(status: ServiceStatusRecord): void;
  /** Ends this process at once; returns only in tests. */
  terminateProcess(exitCode: number): void;
}

/**
 * Serves the service `serviceName` until it has stopped; then the process is gone. Rejects when the dispatcher could not
 * be called (1063: not started by the SCM) and the process is still there to say so.
 */
export async function runUnderScm(api: ScmApi, serviceName: string, createHandler: HandlerFactory): Promise<void> {
  const runner = new ServiceRunner(scmPort(api), createHandler);
  const dispatcher = api.runDispatcher(serviceName, (args) => serve(api, serviceName, { runner, args }));
  trapFaults(runner);
  await dispatcher;
}

interface Serving {
  readonly runner: ServiceRunner;
  readonly args: readonly string[];
}

/** Runs inside the ServiceMain callback: only what the SCM waits for. */
function serve(api: ScmApi, serviceName: string, { runner, args }: Serving): void {
  try {
    const onControl = (code: number) => runner.control(decodeControl(code));
    api.registerControlHandler(serviceName, onControl, ERROR_CALL_NOT_IMPLEMENTED);
  } catch {
    // Without a status handle nothing can be reported: the SCM sees a process that died, and its recovery acts.
    terminate(api, 'dispatcherFailed');
    return;
  }
  runner.begin(args);
}

function scmPort(api: ScmApi): HostPort {
  return {
    kind: 'scm',
    report: (status) => api.setServiceStatus(encodeServiceStatus(status)),
    end(status) {
      const exitCode = status.exit.kind === 'success' ? exitCodes.success.code : status.exit.code;
      try {
        api.setServiceStatus(encodeServiceStatus(status));
      } catch {
        // There is nobody left to tell; the SCM notices that the process is gone, and its recovery acts.
      }
      api.terminateProcess(exitCode);
    },
  };
}

/**
 * `process.exit` cannot end a process whose dispatcher call is blocked, and Node's own end for these faults does just
 * that. A fault before ServiceMain was called ends the process too: the runner has nothing to report then.
 */
function trapFaults(runner: ServiceRunner): void {
  const onFault = (error: unknown): void => runner.fail({ name: 'unexpectedFault', error });
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}

function terminate(api: ScmApi, name: ExitCodeName): void {
  api.terminateProcess(exitCodes[name].code);
}
