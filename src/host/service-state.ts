/**
 * The life cycle of a Windows service as a pure state machine: which state may follow which, which controls a state
 * accepts, how a control is answered, and what checkpoint and wait hint a status carries. Sources: the state table of
 * [MS-SCMR] 3.1.1, SetServiceStatus, SERVICE_STATUS and HandlerEx in the Windows SDK.
 * It performs nothing: the runner does, and both hosts go through the runner.
 */

export type PendingState = 'start-pending' | 'pause-pending' | 'continue-pending' | 'stop-pending';
export type ServiceState = 'stopped' | 'running' | 'paused' | PendingState;

/** How a service ended. A `service-specific` code is one of `exit-codes.ts` and lets SCM recovery act. */
export type ServiceExit = { readonly kind: 'success' } | { readonly kind: 'service-specific'; readonly code: number };

export interface ServiceStatus {
  readonly state: ServiceState;
  readonly controlsAccepted: readonly AcceptedControls[];
  /** From 1 in a pending state, one more with each real progress; 0 in every other state. */
  readonly checkPoint: number;
  /** How long the service may now take until its next progress or its next state, in ms; 0 unless pending. */
  readonly waitHintMs: number;
  readonly exit: ServiceExit;
}

export type AcceptedControls = 'stop' | 'pause-continue' | 'shutdown' | 'paramchange' | 'preshutdown';

export type StopControl = 'stop' | 'shutdown' | 'preshutdown';
export type ServiceControl =
  | { readonly kind: StopControl | 'pause' | 'continue' | 'interrogate' | 'paramchange' }
  | { readonly kind: 'user'; readonly code: number }
  | { readonly kind: 'unknown'; readonly code: number };

export type ServiceEvent =
  | { readonly kind: 'begin' | 'pause' | 'continue' | 'stop' | 'progress'; readonly waitHintMs: number }
  | { readonly kind: 'running' | 'paused' }
  | { readonly kind: 'stopped'; readonly exit: ServiceExit };

/** What a host does about a control, and the Win32 error code it returns to the SCM. */
export interface ControlAnswer {
  readonly code: number;
  readonly act: boolean;
}

export const NO_ERROR = 0;
export const ERROR_CALL_NOT_IMPLEMENTED = 120;
export const ERROR_SERVICE_CANNOT_ACCEPT_CTRL = 1061;
export const ERROR_SERVICE_NOT_ACTIVE = 1062;

/** A bug in the caller: the state machine was asked for a step that Windows does not know. */
export class IllegalTransitionError extends Error {
  readonly code = 'ERR_ILLEGAL_TRANSITION';
  constructor(state: ServiceState, event: ServiceEvent['kind']) {
    super(`Cannot apply "${event}" to a service that is ${state}`);
    this.name = 'IllegalTransitionError';
  }
}

/** Before the first report. */
export const initialStatus: ServiceStatus = {
  state: 'stopped',
  controlsAccepted: [],
  checkPoint: 0,
  waitHintMs: 0,
  exit: { kind: 'success' },
};

/**
 * For each event, the states it leads from and the state it leads to. A service is never stopped by a pause that
 * failed half-way back to running: a pause or continue that fails is a fault, and a fault ends in `stopped`.
 */
const steps: Readonly<Record<Exclude<ServiceEvent['kind'], 'progress'>, Step>> = {
  begin: { from: ['stopped'], to: 'start-pending' },
  running: { from: ['start-pending', 'continue-pending'], to: 'running' },
  pause: { from: ['running'], to: 'pause-pending' },
  paused: { from: ['pause-pending'], to: 'paused' },
  continue: { from: ['paused'], to: 'continue-pending' },
  stop: { from: ['start-pending', 'running', 'pause-pending', 'paused', 'continue-pending'], to: 'stop-pending' },
  stopped: {
    from: ['start-pending', 'running', 'pause-pending', 'paused', 'continue-pending', 'stop-pending'],
    to: 'stopped',
  },
};

interface Step {
  readonly from: readonly ServiceState[];
  readonly to: ServiceState;
}

/**
 * The status after `event`.
 * @throws IllegalTransitionError when the current state does not allow it.
 * @throws RangeError for a wait hint that is not a positive whole number, or a service-specific code of 0.
 */
export function advance(status: ServiceStatus, event: ServiceEvent): ServiceStatus {
  if (event.kind === 'progress') return progress(status, event.waitHintMs);
  const step = steps[event.kind];
  if (!step.from.includes(status.state)) throw new IllegalTransitionError(status.state, event.kind);
  const pending = 'waitHintMs' in event;
  return {
    state: step.to,
    controlsAccepted: acceptedControls(step.to),
    checkPoint: pending ? 1 : 0,
    waitHintMs: pending ? checkedWaitHint(event.waitHintMs) : 0,
    exit: event.kind === 'stopped' ? checkedExit(event.exit) : { kind: 'success' },
  };
}

/** Whether `advance` would take `event` in this state. */
export function allows(status: ServiceStatus, event: ServiceEvent['kind']): boolean {
  return event === 'progress' ? isPending(status.state) : steps[event].from.includes(status.state);
}

export function isPending(state: ServiceState): state is PendingState {
  return state.endsWith('-pending');
}

/**
 * Nothing while starting (the SDK asks for that: a control would find nothing to act on) or stopping (only `stopped` may
 * follow). A slow pause or continue can still be stopped.
 */
export function acceptedControls(state: ServiceState): readonly AcceptedControls[] {
  switch (state) {
    case 'stopped':
    case 'start-pending':
    case 'stop-pending':
      return [];
    case 'pause-pending':
    case 'continue-pending':
      return ['stop', 'shutdown', 'preshutdown'];
    case 'running':
    case 'paused':
      return ['stop', 'pause-continue', 'shutdown', 'paramchange', 'preshutdown'];
    default:
      return unreachable(state);
  }
}

/** SERVICE_CONTROL_* of winsvc.h. */
export function decodeControl(code: number): ServiceControl {
  const kind = controlKinds.get(code);
  if (kind !== undefined) return { kind };
  return code >= 128 && code <= 255 ? { kind: 'user', code } : { kind: 'unknown', code };
}

const controlKinds = new Map<number, Exclude<ServiceControl['kind'], 'user' | 'unknown'>>([
  [1, 'stop'],
  [2, 'pause'],
  [3, 'continue'],
  [4, 'interrogate'],
  [5, 'shutdown'],
  [6, 'paramchange'],
  [15, 'preshutdown'],
]);

/**
 * How a control is answered in a state. The SCM filters by accepted controls before it calls the handler, but not user
 * codes, and a control may already be on its way when the state changes: every pair has an answer.
 */
export function answerControl(state: ServiceState, control: ServiceControl): ControlAnswer {
  switch (control.kind) {
    case 'unknown':
      return { code: ERROR_CALL_NOT_IMPLEMENTED, act: false };
    case 'interrogate':
      return { code: NO_ERROR, act: false };
    case 'stop':
    case 'shutdown':
    case 'preshutdown':
      return answer(state, ['running', 'pause-pending', 'paused', 'continue-pending'], ['stop-pending']);
    case 'pause':
      return answer(state, ['running'], ['pause-pending', 'paused']);
    case 'continue':
      return answer(state, ['paused'], ['continue-pending', 'running']);
    case 'paramchange':
    case 'user':
      return answer(state, ['running', 'paused'], []);
    default:
      return unreachable(control);
  }
}

function answer(state: ServiceState, acts: readonly ServiceState[], alreadyThere: readonly ServiceState[]) {
  if (state === 'stopped') return { code: ERROR_SERVICE_NOT_ACTIVE, act: false };
  if (acts.includes(state)) return { code: NO_ERROR, act: true };
  return { code: alreadyThere.includes(state) ? NO_ERROR : ERROR_SERVICE_CANNOT_ACCEPT_CTRL, act: false };
}

function progress(status: ServiceStatus, waitHintMs: number): ServiceStatus {
  if (!isPending(status.state)) throw new IllegalTransitionError(status.state, 'progress');
  return { ...status, checkPoint: status.checkPoint + 1, waitHintMs: checkedWaitHint(waitHintMs) };
}

function checkedWaitHint(waitHintMs: number): number {
  if (Number.isInteger(waitHintMs) && waitHintMs > 0) return waitHintMs;
  throw new RangeError(`Cannot announce a wait hint of "${waitHintMs}" ms: a positive whole number is wanted`);
}

/** A service-specific code of 0 would read as success in the Services console. */
function checkedExit(exit: ServiceExit): ServiceExit {
  if (exit.kind === 'success' || (Number.isInteger(exit.code) && exit.code > 0)) return exit;
  throw new RangeError(`Cannot end with the service-specific code "${exit.code}": a positive whole number is wanted`);
}

function unreachable(value: never): never {
  throw new TypeError(`Cannot handle "${JSON.stringify(value)}"`);
}
