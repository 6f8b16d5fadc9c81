/**
 * Runs a `ServiceHandler` through the life cycle of `service-state.ts` on behalf of a host. States change and are
 * reported at once, inside the call that causes them (a control handler must have reported STOP_PENDING when it
 * returns); the handler's work and the final STOPPED happen on later ticks, never inside a control callback.
 * It knows neither Windows nor terminals.
 */
import { setImmediate as nextTick } from 'node:timers/promises';
import { exitCodes } from '../product/exit-codes.ts';
import {
  defaultWaitHintsMs,
  type Fault,
  type HandlerFactory,
  type HostPort,
  type Operation,
  type OperationName,
  type ServiceHandler,
  type StopReason,
  type WaitingOperation,
} from './service-host.ts';
import {
  advance,
  allows,
  answerControl,
  initialStatus,
  isPending,
  type ServiceControl,
  type ServiceEvent,
  type ServiceExit,
  type ServiceState,
  type ServiceStatus,
} from './service-state.ts';

export class ServiceRunner {
  readonly #port: HostPort;
  readonly #createHandler: HandlerFactory;
  readonly #superseded = new AbortController();
  #status: ServiceStatus = initialStatus;
  #handler: ServiceHandler | undefined;
  /** Operations in their order; never rejects. */
  #queue: Promise<void> = Promise.resolve();
  /** Marks the operation under way. */
  #current: symbol | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #ending = false;

  constructor(port: HostPort, createHandler: HandlerFactory) {
    this.#port = port;
    this.#createHandler = createHandler;
  }

  get state(): ServiceState {
    return this.#status.state;
  }

  /** Reports START_PENDING before it returns, then starts the handler. Call it once. */
  begin(args: readonly string[]): void {
    this.#move({ kind: 'begin', waitHintMs: this.#hint('start') });
    this.#enqueue('start', async () => {
      this.#handler = await this.#createHandler();
      const fail = (error: unknown) => this.fail({ name: 'unexpectedFault', error });
      await this.#handler.start({ ...this.#operation('start'), host: this.#port.kind, args, fail });
      this.#settle('running');
    });
  }

  /** Answers a control with a Win32 error code; a pending state that it leads to is reported before this returns. */
  control(control: ServiceControl): number {
    if (this.#ending) return answerControl('stop-pending', control).code;
    const answer = answerControl(this.#status.state, control);
    if (answer.act) this.#act(control);
    return answer.code;
  }

  /** Stops from any state; also while starting, when no control is accepted. No effect when it already stops. */
  stop(reason: StopReason): void {
    if (this.#ending || !allows(this.#status, 'stop')) return;
    this.#move({ kind: 'stop', waitHintMs: this.#hint('stop') });
    this.#superseded.abort();
    this.#enqueue('stop', async () => {
      await this.#handler?.stop(reason, this.#operation('stop'));
      this.#end({ kind: 'success' });
    });
  }

  /** Ends the service with the fault's documented code. The first fault counts; later ones are consequences. */
  fail(fault: Fault): void {
    if (this.#ending) return;
    // STOP_PENDING first: from here on the SCM sends no control that could cross the final report.
    if (allows(this.#status, 'stop')) this.#move({ kind: 'stop', waitHintMs: this.#hint('stop') });
    this.#superseded.abort();
    this.#lastWords(fault);
    this.#end({ kind: 'service-specific', code: exitCodes[fault.name].code }, fault);
  }

  #act(control: ServiceControl): void {
    switch (control.kind) {
      case 'stop':
      case 'shutdown':
      case 'preshutdown':
        this.stop(control.kind);
        break;
      case 'pause':
        this.#pause();
        break;
      case 'continue':
        this.#continue();
        break;
      case 'paramchange':
        this.#enqueue('paramchange', async () => this.#handler?.paramChange());
        break;
      case 'user':
        this.#enqueue('control', async () => this.#handler?.userControl(control.code));
        break;
      case 'interrogate':
      case 'unknown':
        break;
    }
  }

  #pause(): void {
    this.#move({ kind: 'pause', waitHintMs: this.#hint('pause') });
    this.#enqueue('pause', async () => {
      await this.#handler?.pause(this.#operation('pause'));
      this.#settle('paused');
    });
  }

  #continue(): void {
    this.#move({ kind: 'continue', waitHintMs: this.#hint('continue') });
    this.#enqueue('continue', async () => {
      await this.#handler?.continue(this.#operation('continue'));
      this.#settle('running');
    });
  }

  /** Always on a later tick than the caller's: work must not run inside a control callback. */
  #enqueue(operation: OperationName, work: () => Promise<void>): void {
    const overtaken = () => operation !== 'stop' && this.#superseded.signal.aborted;
    this.#queue = this.#queue.then(async () => {
      await nextTick();
      if (this.#ending || overtaken()) return;
      this.#current = Symbol(operation);
      try {
        await work();
      } catch (error) {
        if (!overtaken()) this.fail({ name: faultOf(operation), error, operation });
      } finally {
        this.#current = undefined;
      }
    });
  }

  /** A stop that overtook the operation has moved the state on: then there is nothing to settle. */
  #settle(state: 'running' | 'paused'): void {
    if (this.#ending || !allows(this.#status, state)) return;
    this.#move({ kind: state });
    if (!this.#ending) this.#handler?.settled?.(state);
  }

  /** Progress counts while the operation lasts; one that a stop has overtaken thus gets the time to unwind. */
  #operation(name: WaitingOperation): Operation {
    const self = this.#current;
    const progress = (waitHintMs = this.#hint(name)) => {
      const counts = !this.#ending && self === this.#current && isPending(this.#status.state);
      if (counts) this.#move({ kind: 'progress', waitHintMs });
    };
    return { progress, signal: name === 'stop' ? new AbortController().signal : this.#superseded.signal };
  }

  #move(event: ServiceEvent): void {
    this.#status = advance(this.#status, event);
    this.#watch();
    try {
      this.#port.report(this.#status);
    } catch (error) {
      // While stopping the report is a courtesy; in every other state Windows now believes something wrong.
      if (this.#status.state !== 'stop-pending') this.fail({ name: 'statusNotReported', error });
    }
  }

  #watch(): void {
    clearTimeout(this.#watchdog);
    const { state, waitHintMs } = this.#status;
    if (!isPending(state)) return;
    this.#watchdog = setTimeout(() => {
      const error = new Error(`Cannot go on from "${state}": no progress for ${waitHintMs} ms`);
      this.fail({ name: 'operationHung', error, operation: operationOf[state] });
    }, waitHintMs);
  }

  #hint(operation: WaitingOperation): number {
    return this.#handler?.waitHintsMs?.[operation] ?? defaultWaitHintsMs[operation];
  }

  #lastWords(fault: Fault): void {
    try {
      this.#handler?.fatal(fault);
    } catch {
      // The handler is beyond help, and the first cause is already on its way to the host.
    }
  }

  #end(exit: ServiceExit, fault?: Fault): void {
    if (this.#ending) return;
    this.#ending = true;
    clearTimeout(this.#watchdog);
    setImmediate(() => {
      this.#status = allows(this.#status, 'stopped')
        ? advance(this.#status, { kind: 'stopped', exit })
        : { ...initialStatus, exit };
      this.#port.end(this.#status, fault);
    });
  }
}

const operationOf = {
  'start-pending': 'start',
  'stop-pending': 'stop',
  'pause-pending': 'pause',
  'continue-pending': 'continue',
} as const;

function faultOf(operation: OperationName): Fault['name'] {
  if (operation === 'start') return 'startFailed';
  return operation === 'stop' ? 'stopFailed' : 'unexpectedFault';
}
