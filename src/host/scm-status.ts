/** A `ServiceStatus` in the numbers of SERVICE_STATUS (winsvc.h). Pure. */
import type { AcceptedControls, ServiceState, ServiceStatus } from './service-state.ts';

/** SERVICE_STATUS: seven DWORDs. */
export interface ServiceStatusRecord {
  readonly dwServiceType: number;
  readonly dwCurrentState: number;
  readonly dwControlsAccepted: number;
  readonly dwWin32ExitCode: number;
  readonly dwServiceSpecificExitCode: number;
  readonly dwCheckPoint: number;
  readonly dwWaitHint: number;
}

export function encodeServiceStatus(status: ServiceStatus): ServiceStatusRecord {
  const failed = status.exit.kind === 'service-specific';
  return {
    dwServiceType: SERVICE_WIN32_OWN_PROCESS,
    dwCurrentState: stateNumbers[status.state],
    dwControlsAccepted: status.controlsAccepted.reduce((mask, control) => mask | acceptBits[control], 0),
    dwWin32ExitCode: failed ? ERROR_SERVICE_SPECIFIC_ERROR : 0,
    dwServiceSpecificExitCode: status.exit.kind === 'service-specific' ? status.exit.code : 0,
    dwCheckPoint: status.checkPoint,
    dwWaitHint: status.waitHintMs,
  };
}

export const ERROR_SERVICE_SPECIFIC_ERROR = 1066;
const SERVICE_WIN32_OWN_PROCESS = 0x10;

const stateNumbers: Readonly<Record<ServiceState, number>> = {
  stopped: 1,
  'start-pending': 2,
  'stop-pending': 3,
  running: 4,
  'continue-pending': 5,
  'pause-pending': 6,
  paused: 7,
};

const acceptBits: Readonly<Record<AcceptedControls, number>> = {
  stop: 0x1,
  'pause-continue': 0x2,
  shutdown: 0x4,
  paramchange: 0x8,
  preshutdown: 0x100,
};
