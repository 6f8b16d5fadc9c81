/**
 * The handler that both hosts run. It keeps a heartbeat log in the data folder: a line for every change of the service
 * and one every few seconds, so that a gap in the file shows when the daemon was not alive.
 */
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Fault, Operation, ServiceHandler, StartContext, StopReason } from '../host/service-host.ts';
import { exitCodes } from '../product/exit-codes.ts';
import type { ProductIdentity } from '../product/identity.ts';
import type { DataPaths } from '../product/paths.ts';
import { HeartbeatLog } from '../reporting/heartbeat-log.ts';

export interface DaemonOptions {
  readonly product: ProductIdentity;
  readonly paths: DataPaths;
  readonly clock: Clock;
  readonly heartbeatMs?: number;
  /** Names of the workers compiled into the executable. */
  readonly workers?: readonly string[];
  /** What went wrong while it was put together; said again in the log. */
  readonly warnings?: readonly string[];
  /** Told about a log that cannot be written; the daemon goes on. */
  readonly onWarning?: (message: string) => void;
}

const defaultHeartbeatMs = 10_000;

export class Daemon implements ServiceHandler {
  readonly #options: DaemonOptions;
  readonly #log: HeartbeatLog;
  #heartbeat: NodeJS.Timeout | undefined;
  #state: 'starting' | 'running' | 'paused' | 'stopping' = 'starting';
  #settledBefore = false;

  constructor(options: DaemonOptions) {
    this.#options = options;
    const { clock, onWarning } = options;
    const file = join(options.paths.logsDir, 'heartbeat.log');
    const onFailure = (error: unknown) => onWarning?.(`Cannot write "${file}": ${messageOf(error)}`);
    this.#log = new HeartbeatLog({ file, clock, pid: process.pid, onFailure });
  }

  async start(context: StartContext): Promise<void> {
    const { product, paths, workers } = this.#options;
    this.#write('starting', { host: context.host, version: product.version, dataDir: paths.dataDir, workers });
    for (const message of this.#options.warnings ?? []) this.#write('warning', { message });
    this.#heartbeat = setInterval(() => this.#write('heartbeat'), this.#options.heartbeatMs ?? defaultHeartbeatMs);
  }

  async stop(reason: StopReason, _operation: Operation): Promise<void> {
    this.#state = 'stopping';
    this.#write('stopping', { reason });
    clearInterval(this.#heartbeat);
    this.#write('stopped');
  }

  /** The heartbeat goes on while paused: the daemon lives, only its work rests. */
  async pause(_operation: Operation): Promise<void> {}

  async continue(_operation: Operation): Promise<void> {}

  async paramChange(): Promise<void> {
    this.#write('paramchange');
  }

  async userControl(code: number): Promise<void> {
    this.#write(`control ${code}`);
  }

  settled(state: 'running' | 'paused'): void {
    this.#state = state;
    const running = this.#settledBefore ? 'continued' : 'started';
    this.#write(state === 'paused' ? 'paused' : running);
    this.#settledBefore = true;
  }

  fatal(fault: Fault): void {
    clearInterval(this.#heartbeat);
    const { code, meaning } = exitCodes[fault.name];
    const error = fault.error instanceof Error ? (fault.error.stack ?? fault.error.message) : String(fault.error);
    this.#write('fatal', { fault: fault.name, code, meaning, operation: fault.operation, error });
  }

  #write(event: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.#log.write(event, { state: this.#state, ...details });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
