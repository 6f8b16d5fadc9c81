/** `ScmApi` on Windows, and what its failures mean. */
import type { ExitCodeName } from '../product/exit-codes.ts';
import { registerServiceCtrlHandler, setServiceStatus, startServiceCtrlDispatcher } from '../win32/advapi32.ts';
import { prepareKernel32, terminateThisProcess } from '../win32/kernel32.ts';
import { NativeModuleError } from '../win32/koffi.ts';
import { Win32Error } from '../win32/win32-error.ts';
import type { ScmApi } from './scm-host.ts';

const ERROR_FAILED_SERVICE_CONTROLLER_CONNECT = 1063;

export function createWin32ScmApi(): ScmApi {
  let statusHandle: unknown;
  return {
    runDispatcher(serviceName, serviceMain) {
      const dispatcher = startServiceCtrlDispatcher(serviceName, serviceMain);
      prepareKernel32();
      return dispatcher;
    },
    registerControlHandler(serviceName, onControl, fallback) {
      statusHandle = registerServiceCtrlHandler(serviceName, onControl, fallback);
    },
    setServiceStatus: (status) => setServiceStatus(statusHandle, status),
    terminateProcess: terminateThisProcess,
  };
}

/** Why `runUnderScm` rejected. */
export function scmFailure(error: unknown): ExitCodeName {
  if (error instanceof NativeModuleError) return 'nativeModuleMissing';
  const byHand = error instanceof Win32Error && error.win32Code === ERROR_FAILED_SERVICE_CONTROLLER_CONNECT;
  return byHand ? 'notStartedByScm' : 'dispatcherFailed';
}
