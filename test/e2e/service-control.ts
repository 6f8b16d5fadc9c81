import type { WinePrefix } from '../support/wine/wine-prefix.ts';
import type { WindowsTools } from './windows-tools.ts';

/** Drives one service through the Service Control Manager, by `test/support/scm-control.ts` on the machine itself. */
export class ServiceControl {
  readonly #machine: WinePrefix;
  readonly #tools: WindowsTools;
  readonly #serviceName: string;

  constructor(machine: WinePrefix, tools: WindowsTools, serviceName: string) {
    this.#machine = machine;
    this.#tools = tools;
    this.#serviceName = serviceName;
  }

  /** `undefined` when the SCM knows no such service. */
  async query(): Promise<ServiceStatus | undefined> {
    const report = await this.#call('query');
    if (report.error?.code === ERROR_SERVICE_DOES_NOT_EXIST) return undefined;
    return requireStatus(report);
  }

  /** Sends the control, then waits until the service is in the state that it leads to. */
  async send(verb: 'start' | 'stop' | 'pause' | 'continue'): Promise<ServiceStatus> {
    requireStatus(await this.#call(verb));
    return this.waitFor(stateAfter[verb]);
  }

  /** The status that the SCM hands back with the control. */
  async interrogate(): Promise<ServiceStatus> {
    return requireStatus(await this.#call('interrogate'));
  }

  async paramChange(): Promise<ServiceStatus> {
    return requireStatus(await this.#call('paramchange'));
  }

  async waitFor(state: ServiceState): Promise<ServiceStatus> {
    return requireStatus(await this.#call('wait', state));
  }

  /** Stops the service. @returns how long its process was still there after the SCM had shown STOPPED, in ms. */
  async timeStop(): Promise<number> {
    const report = await this.#call('time-stop');
    requireStatus(report);
    return report.processGoneAfterStoppedMs ?? Number.NaN;
  }

  async #call(verb: string, ...rest: readonly string[]): Promise<Report> {
    const { node, scmControl } = this.#tools;
    const program = [this.#machine.toWindowsPath(node), this.#machine.toWindowsPath(scmControl)];
    const { output } = await this.#machine.run([...program, this.#serviceName, verb, ...rest]);
    try {
      return JSON.parse(output) as Report;
    } catch (cause) {
      throw new Error(`Cannot read the answer of scm-control ${verb}: found "${output}", wanted JSON`, { cause });
    }
  }
}

export type ServiceState = 'stopped' | 'running' | 'paused';

export interface ServiceStatus {
  readonly state: string;
  readonly controlsAccepted: number;
  readonly win32ExitCode: number;
  readonly processId: number;
}

interface Report {
  readonly ok: boolean;
  readonly error?: { readonly api: string; readonly code: number };
  readonly status?: ServiceStatus;
  readonly processGoneAfterStoppedMs?: number;
}

const ERROR_SERVICE_DOES_NOT_EXIST = 1060;
const stateAfter = { start: 'running', stop: 'stopped', pause: 'paused', continue: 'running' } as const;

function requireStatus(report: Report): ServiceStatus {
  if (report.ok && report.status !== undefined) return report.status;
  throw new Error(`Cannot control the service: found ${JSON.stringify(report)}, wanted success`);
}
