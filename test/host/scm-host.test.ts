import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runUnderScm, type ScmApi } from '../../src/host/scm-host.ts';
import type { Fault, HandlerFactory, Operation, ServiceHandler, StartContext } from '../../src/host/service-host.ts';

const stateNames = [
  '',
  'STOPPED',
  'START_PENDING',
  'STOP_PENDING',
  'RUNNING',
  'CONTINUE_PENDING',
  'PAUSE_PENDING',
  'PAUSED',
];
const [STOP, PAUSE, CONTINUE, INTERROGATE, SHUTDOWN, PARAMCHANGE, PRESHUTDOWN] = [1, 2, 3, 4, 5, 6, 15] as const;

/** The SCM and the process as the host sees them: records every call in order, and whether a callback was running. */
class FakeScm implements ScmApi {
  readonly calls: string[] = [];
  readonly refused = new Set<string>();
  failRegistration = false;
  onControl: (code: number) => number = () => Number.NaN;
  readonly #main = Promise.withResolvers<(args: readonly string[]) => void>();
  readonly #ended = Promise.withResolvers<void>();
  #insideCallback = false;

  runDispatcher(name: string, serviceMain: (args: readonly string[]) => void): Promise<void> {
    this.calls.push(`dispatcher ${name}`);
    this.#main.resolve(serviceMain);
    return new Promise(() => {});
  }

  registerControlHandler(name: string, onControl: (code: number) => number): void {
    if (this.failRegistration) throw new Error('refused');
    this.calls.push(`handler ${name}`);
    this.onControl = onControl;
  }

  setServiceStatus(status: Parameters<ScmApi['setServiceStatus']>[0]): void {
    const state = stateNames[status.dwCurrentState] ?? '?';
    const exit = status.dwWin32ExitCode === 0 ? '' : ` ${status.dwWin32ExitCode}/${status.dwServiceSpecificExitCode}`;
    const checkPoint = status.dwCheckPoint > 1 ? ` #${status.dwCheckPoint}` : '';
    this.calls.push(`${state}${checkPoint}${exit}${this.#insideCallback ? ' (in callback)' : ''}`);
    if (this.refused.has(state)) throw new Error(`${state} refused`);
  }

  terminateProcess(exitCode: number): void {
    this.calls.push(`terminate ${exitCode}`);
    this.#ended.resolve();
  }

  async startService(...args: string[]): Promise<void> {
    const serviceMain = await this.#main.promise;
    this.#inCallback(() => serviceMain(args));
  }

  control(code: number): number {
    return this.#inCallback(() => this.onControl(code));
  }

  /** Until the process has ended, and a little longer: nothing may follow. */
  async ended(): Promise<readonly string[]> {
    await this.#ended.promise;
    await sleep(20);
    return this.calls;
  }

  #inCallback<T>(body: () => T): T {
    this.#insideCallback = true;
    try {
      return body();
    } finally {
      this.#insideCallback = false;
    }
  }
}

class FakeHandler implements ServiceHandler {
  readonly calls: string[];
  waitHintsMs = {};
  /** Replaces an operation's behaviour. */
  readonly on: Partial<
    Record<'start' | 'stop' | 'pause' | 'continue' | 'paramChange', (operation: Operation) => unknown>
  >;
  context: StartContext | undefined;

  constructor(calls: string[], on: FakeHandler['on'] = {}) {
    this.calls = calls;
    this.on = on;
  }

  async start(context: StartContext): Promise<void> {
    this.context = context;
    this.calls.push(`start(${context.args.join(' ')})`);
    await this.on.start?.(context);
  }
  async stop(reason: string, operation: Operation): Promise<void> {
    this.calls.push(`stop(${reason})`);
    await this.on.stop?.(operation);
    this.calls.push('flushed');
  }
  async pause(operation: Operation): Promise<void> {
    this.calls.push('pause()');
    await this.on.pause?.(operation);
  }
  async continue(operation: Operation): Promise<void> {
    this.calls.push('continue()');
    await this.on.continue?.(operation);
  }
  async paramChange(): Promise<void> {
    this.calls.push('paramChange()');
    await this.on.paramChange?.({} as Operation);
  }
  async userControl(code: number): Promise<void> {
    this.calls.push(`userControl(${code})`);
  }
  fatal({ name, error }: Fault): void {
    this.calls.push(`fatal(${name}: ${error instanceof Error ? error.message : error})`);
  }
}

/** The host's fault traps belong to this process: taken away again after each test, and the runner's own kept. */
let trapsBefore: Record<'uncaughtException' | 'unhandledRejection', unknown[]>;
const trapNames = ['uncaughtException', 'unhandledRejection'] as const;
beforeEach(() => {
  trapsBefore = {
    uncaughtException: process.listeners('uncaughtException'),
    unhandledRejection: process.listeners('unhandledRejection'),
  };
});
afterEach(removeTraps);

describe('runUnderScm', () => {
  test('calls the dispatcher before the handler is made, and reports START_PENDING before that too', async () => {
    const { scm } = await running();
    expect(scm.calls).toEqual([
      'dispatcher Trial',
      'handler Trial',
      'START_PENDING (in callback)',
      'create',
      'start()',
      'RUNNING',
    ]);
  });

  test('hands the arguments of StartService to the handler', async () => {
    const { scm } = serve();
    await scm.startService('--level', 'debug');
    await until(scm, 'RUNNING');
    expect(scm.calls).toContain('start(--level debug)');
  });

  test('answers STOP inside the callback, and reports STOPPED last, once, from outside it', async () => {
    const { scm } = await running();
    const before = scm.calls.length;
    expect(scm.control(STOP)).toBe(0);
    const calls = await scm.ended();
    expect(calls.slice(before)).toEqual([
      'STOP_PENDING (in callback)',
      'stop(stop)',
      'flushed',
      'STOPPED',
      'terminate 0',
    ]);
  });

  test.each([
    [SHUTDOWN, 'shutdown'],
    [PRESHUTDOWN, 'preshutdown'],
  ])('stops on control %i with the reason %s', async (code, reason) => {
    const { scm } = await running();
    expect(scm.control(code)).toBe(0);
    expect(await scm.ended()).toContain(`stop(${reason})`);
  });

  test('pauses and continues', async () => {
    const { scm } = await running();
    const before = scm.calls.length;
    expect(scm.control(PAUSE)).toBe(0);
    await until(scm, 'PAUSED');
    expect(scm.control(CONTINUE)).toBe(0);
    await until(scm, 'RUNNING', before);
    expect(scm.calls.slice(before)).toEqual([
      'PAUSE_PENDING (in callback)',
      'pause()',
      'PAUSED',
      'CONTINUE_PENDING (in callback)',
      'continue()',
      'RUNNING',
    ]);
  });

  test('delivers PARAMCHANGE and user codes without a change of state', async () => {
    const { scm } = await running();
    const before = scm.calls.length;
    expect([PARAMCHANGE, 128, 255, INTERROGATE, 14].map((code) => scm.control(code))).toEqual([0, 0, 0, 0, 120]);
    await until(scm, 'userControl(255)');
    expect(scm.calls.slice(before)).toEqual(['paramChange()', 'userControl(128)', 'userControl(255)']);
  });

  test('reports progress of the operation, and only while it lasts', async () => {
    let kept: Operation | undefined;
    const { scm } = serve({
      start: async (operation) => {
        kept = operation;
        operation.progress();
        operation.progress(5000);
      },
    });
    await scm.startService();
    await until(scm, 'RUNNING');
    kept?.progress();
    expect(scm.calls.slice(2)).toEqual([
      'START_PENDING (in callback)',
      'create',
      'start()',
      'START_PENDING #2',
      'START_PENDING #3',
      'RUNNING',
    ]);
  });

  test('lets a stop overtake a pause: the pause is told, and never reported as done', async () => {
    const { scm } = await running({
      pause: (operation) =>
        new Promise((resolve) => operation.signal.addEventListener('abort', () => setTimeout(resolve, 5))),
    });
    scm.control(PAUSE);
    await until(scm, 'pause()');
    expect(scm.control(STOP)).toBe(0);
    const calls = await scm.ended();
    expect(calls).not.toContain('PAUSED');
    expect(calls.slice(-5)).toEqual(['STOP_PENDING (in callback)', 'stop(stop)', 'flushed', 'STOPPED', 'terminate 0']);
  });

  test('refuses what comes while it starts or stops', async () => {
    const start = Promise.withResolvers<void>();
    const stop = Promise.withResolvers<void>();
    const { scm } = serve({ start: () => start.promise, stop: () => stop.promise });
    await scm.startService();
    expect([STOP, PAUSE, 128, INTERROGATE].map((code) => scm.control(code))).toEqual([1061, 1061, 1061, 0]);
    start.resolve();
    await until(scm, 'RUNNING');
    scm.control(STOP);
    expect([STOP, PAUSE, CONTINUE, PARAMCHANGE, 200].map((code) => scm.control(code))).toEqual([
      0, 1061, 1061, 1061, 1061,
    ]);
    stop.resolve();
    expect((await scm.ended()).filter((call) => call.startsWith('STOP_PENDING'))).toHaveLength(1);
  });

  test.each([
    ['a start that fails', { start: fails('no disk') }, 'startFailed: no disk', '1066/21'],
    ['a stop that fails', { stop: fails('no disk') }, 'stopFailed: no disk', '1066/22'],
    ['a control that fails', { paramChange: fails('bad value') }, 'unexpectedFault: bad value', '1066/20'],
  ])('ends after %s with its documented code', async (_what, on, fault, exit) => {
    const { scm } = serve(on);
    await scm.startService();
    await nextTick();
    await sleep(5);
    if ('paramChange' in on) scm.control(PARAMCHANGE);
    if ('stop' in on) scm.control(STOP);
    const calls = await scm.ended();
    expect(calls.slice(-3)).toEqual([`fatal(${fault})`, `STOPPED ${exit}`, `terminate ${exit.slice(-2)}`]);
    expect(calls.at(-4)).toMatch(/^STOP_PENDING|^stop/);
  });

  test('ends with code 21 when the handler cannot even be made', async () => {
    const scm = new FakeScm();
    void runUnderScm(scm, 'Trial', () => Promise.reject(new Error('module not found')));
    await scm.startService();
    expect((await scm.ended()).slice(-2)).toEqual(['STOPPED 1066/21', 'terminate 21']);
  });

  test.each(trapNames)('ends with code 20 after an %s', async (trap) => {
    const { scm } = await running();
    for (const listener of newTraps(trap)) (listener as (error: Error) => void)(new Error('a bug'));
    const calls = await scm.ended();
    expect(calls.slice(-4)).toEqual([
      'STOP_PENDING',
      'fatal(unexpectedFault: a bug)',
      'STOPPED 1066/20',
      'terminate 20',
    ]);
  });

  test('keeps the first cause when faults follow each other', async () => {
    const { scm, handler } = await running();
    handler().context?.fail(new Error('first'));
    handler().context?.fail(new Error('second'));
    scm.control(STOP);
    const calls = await scm.ended();
    expect(calls.filter((call) => call.startsWith('fatal'))).toEqual(['fatal(unexpectedFault: first)']);
    expect(calls.filter((call) => call.startsWith('STOPPED'))).toHaveLength(1);
  });

  test('ends with code 23 when an operation makes no progress for as long as it announced', async () => {
    const { scm } = await running({
      stop: (operation) => {
        operation.progress(15);
        return new Promise(() => {});
      },
    });
    scm.control(STOP);
    expect((await scm.ended()).slice(-2)).toEqual(['STOPPED 1066/23', 'terminate 23']);
  });

  test('gives an operation that makes progress all the time it needs', async () => {
    const { scm } = await running({
      stop: async (operation) => {
        for (let step = 0; step < 5; step++) {
          operation.progress(150);
          await sleep(50);
        }
      },
    });
    scm.control(STOP);
    expect((await scm.ended()).slice(-2)).toEqual(['STOPPED', 'terminate 0']);
  });

  test('ends with code 24 when Windows refuses RUNNING', async () => {
    const { scm } = serve();
    scm.refused.add('RUNNING');
    await scm.startService();
    expect((await scm.ended()).slice(-4)).toEqual([
      'STOP_PENDING',
      'fatal(statusNotReported: RUNNING refused)',
      'STOPPED 1066/24',
      'terminate 24',
    ]);
  });

  test('goes on stopping when Windows refuses STOP_PENDING', async () => {
    const { scm } = await running();
    scm.refused.add('STOP_PENDING');
    expect(scm.control(STOP)).toBe(0);
    expect((await scm.ended()).slice(-3)).toEqual(['flushed', 'STOPPED', 'terminate 0']);
  });

  test('ends the process also when Windows refuses STOPPED', async () => {
    const { scm } = await running();
    scm.refused.add('STOPPED');
    scm.control(STOP);
    expect((await scm.ended()).slice(-2)).toEqual(['STOPPED', 'terminate 0']);
  });

  test('ends the process at once when no control handler can be registered', async () => {
    const scm = new FakeScm();
    scm.failRegistration = true;
    void runUnderScm(scm, 'Trial', () => Promise.reject(new Error('not reached')));
    await scm.startService();
    expect(await scm.ended()).toEqual(['dispatcher Trial', 'terminate 33']);
  });

  test('rejects when the dispatcher cannot be called', async () => {
    const scm = new FakeScm();
    scm.runDispatcher = () => Promise.reject(new Error('1063'));
    await expect(runUnderScm(scm, 'Trial', () => Promise.reject(new Error('not reached')))).rejects.toThrow('1063');
  });

  test('keeps its order whatever the controls and their timing', async () => {
    const step = fc.record({
      code: fc.constantFrom(1, 2, 3, 4, 5, 6, 14, 15, 128, 255),
      ticks: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { scm } = await running({ pause: () => nextTick(), stop: () => nextTick() });
        for (const { code, ticks } of steps) {
          scm.control(code);
          for (let tick = 0; tick < ticks; tick++) await nextTick();
        }
        scm.control(STOP);
        expectOrder(await scm.ended());
        removeTraps();
      }),
      { numRuns: 40 },
    );
  });
});

function expectOrder(calls: readonly string[]): void {
  expect(calls.slice(-3)).toEqual(['flushed', 'STOPPED', 'terminate 0']);
  expect(calls.filter((call) => call.startsWith('STOPPED'))).toHaveLength(1);
  expect(calls.filter((call) => call.startsWith('terminate'))).toHaveLength(1);
  const afterStop = calls.slice(calls.findIndex((call) => call.startsWith('STOP_PENDING')));
  expect(afterStop.filter((call) => /^(RUNNING|PAUSE|CONTINUE)/.test(call))).toEqual([]);
}

function serve(on: FakeHandler['on'] = {}) {
  const scm = new FakeScm();
  let handler: FakeHandler | undefined;
  const createHandler: HandlerFactory = async () => {
    scm.calls.push('create');
    handler = new FakeHandler(scm.calls, on);
    return handler;
  };
  void runUnderScm(scm, 'Trial', createHandler);
  return { scm, handler: () => handler as FakeHandler };
}

async function running(on: FakeHandler['on'] = {}) {
  const served = serve(on);
  await served.scm.startService();
  await until(served.scm, 'RUNNING');
  return served;
}

async function until(scm: FakeScm, call: string, from = 0): Promise<void> {
  while (!scm.calls.slice(from).includes(call)) await nextTick();
}

function fails(message: string) {
  return () => Promise.reject(new Error(message));
}

function removeTraps(): void {
  for (const name of trapNames) for (const listener of newTraps(name)) process.off(name, listener as () => void);
}

function newTraps(name: (typeof trapNames)[number]): unknown[] {
  return process.listeners(name as 'uncaughtException').filter((listener) => !trapsBefore[name].includes(listener));
}
