/**
 * The contract between a host (the Service Control Manager, or a terminal) and the daemon it runs: the same handler
 * runs under both. Declares only; `service-runner.ts` keeps the promises made here.
 */
import type { FaultName } from '../product/exit-codes.ts';
import type { ServiceStatus, StopControl } from './service-state.ts';

/** Why the daemon stops: a control of the SCM, or a signal at the terminal. */
export type StopReason = StopControl | 'interrupt' | 'terminate';

/** One of start, stop, pause and continue while it is under way. */
export interface Operation {
  /**
   * Tells the host that something was achieved and that the next thing takes at most `waitHintMs` (default: the
   * operation's own). Call it for real progress only, never from a timer: an operation that makes none for as long as
   * it announced counts as hung and ends the service.
   */
  progress(waitHintMs?: number): void;
  /** Aborted when a stop overtakes the operation. The stop waits until the operation has settled. */
  readonly signal: AbortSignal;
}

export interface StartContext extends Operation {
  readonly host: HostKind;
  /** What `sc start <name> <argument…>` passed; empty in a terminal. */
  readonly args: readonly string[];
  /** Ends the service because of a fault that it cannot survive. The first one counts. */
  fail(error: unknown): void;
}

export type HostKind = 'scm' | 'console';

export interface Fault {
  readonly name: FaultName;
  readonly error: unknown;
  /** The operation under way, when it was one that failed or hung. */
  readonly operation?: OperationName;
}

export type OperationName = 'start' | 'stop' | 'pause' | 'continue' | 'paramchange' | 'control';

/**
 * The daemon. Its operations never overlap: the next begins when the one before has settled. One that rejects ends the
 * service with a fault, so it rejects only for what the daemon cannot survive.
 */
export interface ServiceHandler {
  /** Longest time in ms until the first progress or the end of an operation; `defaultWaitHintsMs` where absent. */
  readonly waitHintsMs?: Partial<Readonly<Record<WaitingOperation, number>>>;
  start(context: StartContext): Promise<void>;
  /** Resolves when everything is flushed and released: the process ends right after, without any further chance. */
  stop(reason: StopReason, operation: Operation): Promise<void>;
  pause(operation: Operation): Promise<void>;
  continue(operation: Operation): Promise<void>;
  paramChange(): Promise<void>;
  /** A control code from 128 to 255. */
  userControl(code: number): Promise<void>;
  /** Called when the host has reported the state at the end of a start, a pause or a continue. */
  settled?(state: 'running' | 'paused'): void;
  /** Last words before a fault ends the process: synchronous, flushed on return. */
  fatal(fault: Fault): void;
}

export type WaitingOperation = 'start' | 'stop' | 'pause' | 'continue';

export const defaultWaitHintsMs: Readonly<Record<WaitingOperation, number>> = {
  start: 20_000,
  stop: 20_000,
  pause: 10_000,
  continue: 10_000,
};

/** Makes the handler; called after the host is connected, so that loading it delays nothing. */
export type HandlerFactory = () => Promise<ServiceHandler>;

/** What a host does for the runner. */
export interface HostPort {
  readonly kind: HostKind;
  /** Every state but `stopped`. May throw; the runner decides what that means. */
  report(status: ServiceStatus): void;
  /**
   * Called once, last, from a tick of its own, with the `stopped` status: report it and end the process. `fault` is the
   * cause when it did not end as asked.
   */
  end(status: ServiceStatus, fault?: Fault): void;
}
