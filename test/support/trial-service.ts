/**
 * A service that misbehaves on demand, to see what the hosts make of it: the real hosts, a handler of its own. Runs in a
 * terminal on any system, and as a service on Windows (bundle it with esbuild, `koffi.node` beside the executable).
 *
 *   node trial-service.ts console <log> [behaviour...]
 *   node.exe trial-service.cjs scm <log> <service name> [behaviour...]   (and those passed by StartService)
 *
 * Behaviours: slow-start, slow-stop, endless-stop, fail-start, fail-stop, hang-start, hang-stop, throw, reject. Control codes
 * 200 and 201 do the same as throw (uncaught exception) and reject (unhandled rejection), 202 is a control that fails.
 * The log gets one line per call of the handler.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runOnConsole } from '../../src/host/console-host.ts';
import { runUnderScm } from '../../src/host/scm-host.ts';
import type { Fault, Operation, ServiceHandler, StartContext } from '../../src/host/service-host.ts';
import { createWin32ScmApi } from '../../src/host/win32-scm-api.ts';

const slowStepMs = 150;

class TrialService implements ServiceHandler {
  readonly waitHintsMs = { stop: 500, pause: 500, continue: 500 };
  readonly #log: (line: string) => void;
  #behaviours: readonly string[];
  #alive: NodeJS.Timeout | undefined;

  constructor(log: (line: string) => void, behaviours: readonly string[]) {
    this.#log = log;
    this.#behaviours = behaviours;
  }

  async start(context: StartContext): Promise<void> {
    this.#behaviours = [...this.#behaviours, ...context.args];
    this.#log(`start ${context.args.join(' ')}`);
    this.#alive = setInterval(() => {}, 1000);
    await this.#misbehave('start', context);
    if (this.#behaviours.includes('throw')) setTimeout(() => this.#throw('thrown later'), 20);
    if (this.#behaviours.includes('reject')) setTimeout(() => void Promise.reject(new Error('rejected later')), 20);
  }

  async stop(reason: string, operation: Operation): Promise<void> {
    this.#log(`stop ${reason}`);
    await this.#misbehave('stop', operation);
    clearInterval(this.#alive);
    this.#log('stop done');
  }

  async pause(): Promise<void> {
    this.#log('pause');
  }

  async continue(): Promise<void> {
    this.#log('continue');
  }

  async paramChange(): Promise<void> {
    this.#log('paramchange');
  }

  async userControl(code: number): Promise<void> {
    this.#log(`control ${code}`);
    if (code === 200) setTimeout(() => this.#throw('thrown by control 200'), 1);
    if (code === 201) void Promise.reject(new Error('rejected by control 201'));
    if (code === 202) throw new Error('control 202 failed');
  }

  settled(state: string): void {
    this.#log(state);
  }

  fatal(fault: Fault): void {
    this.#log(`fatal ${fault.name} ${fault.operation ?? '-'} ${(fault.error as Error).message}`);
  }

  async #misbehave(operation: 'start' | 'stop', { progress }: Operation): Promise<void> {
    if (this.#behaviours.includes(`slow-${operation}`)) {
      for (let step = 1; step <= 4; step++) {
        await sleep(slowStepMs);
        this.#log(`${operation} step ${step}`);
        progress(500);
      }
    }
    while (this.#behaviours.includes(`endless-${operation}`)) {
      progress(5000);
      await sleep(slowStepMs);
    }
    if (this.#behaviours.includes(`fail-${operation}`)) throw new Error(`${operation} failed`);
    if (this.#behaviours.includes(`hang-${operation}`)) {
      progress(300);
      await new Promise(() => {});
    }
  }

  #throw(message: string): never {
    throw new Error(message);
  }
}

const [host, logFile = '', ...rest] = process.argv.slice(2);
const log = (line: string): void => appendFileSync(logFile, `${Math.round(performance.now())} ${line}\n`);

if (host === 'scm') {
  const [serviceName = '', ...behaviours] = rest;
  runUnderScm(createWin32ScmApi(), serviceName, async () => new TrialService(log, behaviours)).catch((error: Error) => {
    log(`not a service: ${error.message}`);
    process.exitCode = 99;
  });
} else {
  runOnConsole({
    name: 'trial',
    announce: (line) => process.stderr.write(`${line}\n`),
    createHandler: async () => new TrialService(log, rest),
  });
}
