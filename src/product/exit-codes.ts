/**
 * Every way the executable can end: process exit codes and, with the same numbers, the service-specific codes that the
 * SCM shows beside error 1066 and that its recovery acts on. Source of docs/exit-codes.md. Codes 1 to 19 are left to
 * Node itself (its own fatal errors use them), except 2, the usual code for a wrong command line.
 */
export interface ExitCode {
  readonly code: number;
  readonly meaning: string;
  /** What an administrator does about it. */
  readonly cure: string;
}

export const exitCodes = {
  success: { code: 0, meaning: 'It ended because it was asked to.', cure: 'Nothing to do.' },
  usage: { code: 2, meaning: 'The command line is wrong.', cure: 'See --help.' },
  unexpectedFault: {
    code: 20,
    meaning: 'An error that nothing handled: an uncaught exception, an unhandled rejection, or a failed control.',
    cure: 'The last "fatal" line of logs\\heartbeat.log has the error; the service may be started again.',
  },
  startFailed: {
    code: 21,
    meaning: 'The daemon could not start.',
    cure: 'The last "fatal" line of logs\\heartbeat.log has the error.',
  },
  stopFailed: {
    code: 22,
    meaning: 'An error while stopping. The process is gone, but its last work may be unfinished.',
    cure: 'Look at the last lines of logs\\heartbeat.log.',
  },
  operationHung: {
    code: 23,
    meaning: 'Starting, stopping, pausing or continuing made no progress for as long as it had announced.',
    cure: 'The "fatal" line of logs\\heartbeat.log names the operation. A busy or failing disk is the usual cause.',
  },
  statusNotReported: {
    code: 24,
    meaning: 'Windows refused a status report of the service.',
    cure: 'Start the service again; the "fatal" line of logs\\heartbeat.log has the Win32 error.',
  },
  notStartedByScm: {
    code: 30,
    meaning: 'The verb "service" was used by hand; only the Service Control Manager can do that.',
    cure: 'Use the verb "run" for the foreground, or start the service with "sc start".',
  },
  notWindows: {
    code: 31,
    meaning: 'The verb "service" was used on an operating system that is not Windows.',
    cure: 'Use the verb "run".',
  },
  nativeModuleMissing: {
    code: 32,
    meaning: 'koffi.node, which lies beside the executable, is missing or cannot be loaded.',
    cure: 'Repair the installation.',
  },
  dispatcherFailed: {
    code: 33,
    meaning: 'Windows did not let the process act as a service.',
    cure: 'The message on standard error has the Win32 error.',
  },
  interrupted: {
    code: 130,
    meaning: 'A second Ctrl+C (or second signal) ended it before it had stopped by itself.',
    cure: 'Nothing to do; what was under way is lost.',
  },
} as const satisfies Record<string, ExitCode>;

export type ExitCodeName = keyof typeof exitCodes;

/** The causes of death that a running service reports as service-specific codes. */
export type FaultName = 'unexpectedFault' | 'startFailed' | 'stopFailed' | 'operationHung' | 'statusNotReported';
