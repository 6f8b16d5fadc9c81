/**
 * Runs the daemon in a terminal, on any operating system, with the very handler that the service runs. Signals stand in
 * for controls: SIGINT, SIGTERM and SIGBREAK stop it, SIGHUP is PARAMCHANGE, a second stop signal ends it at once.
 */
import { type ExitCodeName, exitCodes } from '../product/exit-codes.ts';
import type { HandlerFactory, HostPort, StopReason } from './service-host.ts';
import { ServiceRunner } from './service-runner.ts';
import type { ServiceStatus } from './service-state.ts';

export interface ConsoleHostOptions {
  readonly name: string;
  readonly createHandler: HandlerFactory;
  /** One line for the person at the terminal. */
  readonly announce: (line: string) => void;
}

/** A terminal and `npm run` may both pass on one Ctrl+C: a repeat this soon is the same keystroke. */
const sameKeystrokeMs = 400;

/** Returns at once; the process ends itself with a code of `exit-codes.ts`. */
export function runOnConsole(options: ConsoleHostOptions): void {
  const runner = new ServiceRunner(consolePort(options), options.createHandler);
  trapSignals(runner, options);
  const onFault = (error: unknown): void => runner.fail({ name: 'unexpectedFault', error });
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  runner.begin([]);
}

function consolePort({ name, announce }: ConsoleHostOptions): HostPort {
  return {
    kind: 'console',
    report({ state, checkPoint }) {
      if (state === 'running') announce(`${name}: running (pid ${process.pid}), Ctrl+C stops it`);
      else if (checkPoint <= 1) announce(`${name}: ${state.replace('-', ' ')}`);
    },
    end(status, fault) {
      if (fault !== undefined) announce(`${name}: ${describe(fault.error)}`);
      announce(`${name}: ${describeEnd(status)}`);
      process.exit(status.exit.kind === 'success' ? exitCodes.success.code : status.exit.code);
    },
  };
}

function trapSignals(runner: ServiceRunner, { name, announce }: ConsoleHostOptions): void {
  let firstAt: number | undefined;
  const onStop = (reason: StopReason) => (): void => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      runner.stop(reason);
    } else if (performance.now() - firstAt > sameKeystrokeMs) {
      announce(`${name}: interrupted again, ends at once`);
      process.exit(exitCodes.interrupted.code);
    }
  };
  process.on('SIGINT', onStop('interrupt'));
  process.on('SIGBREAK', onStop('interrupt'));
  process.on('SIGTERM', onStop('terminate'));
  // On Windows SIGHUP means that the terminal window closes, and Windows ends the process some seconds later.
  if (process.platform === 'win32') process.on('SIGHUP', onStop('terminate'));
  else process.on('SIGHUP', () => runner.control({ kind: 'paramchange' }));
}

function describeEnd({ exit }: ServiceStatus): string {
  if (exit.kind === 'success') return 'stopped';
  const known = Object.entries(exitCodes).find(([, { code }]) => code === exit.code) as
    | [ExitCodeName, (typeof exitCodes)[ExitCodeName]]
    | undefined;
  return known === undefined ? `ended with code ${exit.code}` : `ended with code ${exit.code}: ${known[1].meaning}`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
