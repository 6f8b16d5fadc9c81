import { join } from 'node:path';
import type { Product } from '../../installer/product/load-product.ts';
import { productRegistryKey } from '../../src/product/identity.ts';
import type { Wine } from '../support/wine/open-wine.ts';
import type { WinePrefix } from '../support/wine/wine-prefix.ts';
import { DaemonLog } from './daemon-log.ts';
import type { MsiPackage, MsiPackages } from './msi-packages.ts';
import { Msiexec, msiexecLogs } from './msiexec.ts';
import type { Deployment, Folders, InstalledPlaces, Scenario } from './scenario.ts';
import { ServiceControl } from './service-control.ts';
import type { WindowsTools } from './windows-tools.ts';

export interface ScenarioSetting {
  readonly wine: Wine;
  readonly tools: WindowsTools;
  readonly packages: MsiPackages;
  /** Leave the machine's files for a look. */
  readonly keep: boolean;
  readonly log: (line: string) => void;
}

export interface ScenarioResult {
  readonly status: 'passed' | 'failed';
  readonly elapsedMs: number;
  /** For a failure: what went wrong, in which step, and the logs that may say why. */
  readonly report?: string;
  /** Where the machine was left, with `keep`. */
  readonly folder?: string;
}

/** Runs one scenario on a machine of its own. Never throws: whatever goes wrong is the result. */
export async function runScenario(scenario: Scenario, setting: ScenarioSetting): Promise<ScenarioResult> {
  const startedMs = performance.now();
  const finish = (outcome: Omit<ScenarioResult, 'elapsedMs'>): ScenarioResult => ({
    ...outcome,
    elapsedMs: performance.now() - startedMs,
  });
  try {
    await using machine = await setting.wine.createPrefix({ keep: setting.keep });
    const kept = setting.keep ? { folder: machine.folder } : {};
    const failure = await tryScenario(scenario, machine, setting);
    return finish(
      failure === undefined ? { status: 'passed', ...kept } : { status: 'failed', report: failure, ...kept },
    );
  } catch (error) {
    return finish({ status: 'failed', report: `The machine itself failed: ${describeError(error)}` });
  }
}

/** @returns the report of a failure. */
async function tryScenario(
  scenario: Scenario,
  machine: WinePrefix,
  { tools, packages, log }: ScenarioSetting,
): Promise<string | undefined> {
  const logs: DaemonLog[] = [];
  const deployment = (of: MsiPackage, folders: Folders = {}): Deployment => {
    const made = deploymentOn(machine, tools, { of, folders });
    logs.push(made.daemonLog);
    return made;
  };
  let current = 'begin';
  const step = async <T>(title: string, work: () => Promise<T> | T): Promise<T> => {
    current = title;
    const startedMs = performance.now();
    const result = await work();
    const note = typeof result === 'string' ? `: ${result}` : '';
    log(`  ${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${title}${note}`);
    return result;
  };
  try {
    await scenario.run({ ...deployment(packages.underTest), machine, tools, packages, deployment, step });
    return undefined;
  } catch (error) {
    const sections = [
      ...msiexecLogs(machine).map(({ name, text }) => section(`msiexec ${name}`, text)),
      ...logs.filter(({ text }) => text !== '').map(({ path, text }) => section(path, text)),
      section('reports to the Event Log', machine.eventLog),
    ];
    return [`Failed at step "${current}": ${describeError(error)}`, ...sections].join('\n');
  }
}

function deploymentOn(
  machine: WinePrefix,
  tools: WindowsTools,
  { of: { msi, product }, folders }: { readonly of: MsiPackage; readonly folders: Folders },
): Deployment {
  const installed = { ...placesOf(product, machine), ...folders };
  return {
    product,
    installed,
    msiexec: new Msiexec(machine, tools, msi),
    service: new ServiceControl(machine, tools, product.service.name),
    daemonLog: new DaemonLog(join(installed.dataFolder, 'logs', 'heartbeat.log')),
  };
}

function placesOf(product: Product, machine: WinePrefix): InstalledPlaces {
  return {
    installFolder: join(machine.driveC, 'Program Files', product.name),
    dataFolder: join(machine.driveC, 'ProgramData', product.name),
    serviceKey: `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${product.service.name}`,
    productKey: `HKLM\\${productRegistryKey(product)}`,
  };
}

const shownLines = 60;

function section(title: string, text: string): string {
  const lines = text.trimEnd().split('\n');
  const cut = lines.length > shownLines ? `(the last ${shownLines} of ${lines.length} lines)` : '';
  return `--- ${title} ${cut}\n${lines.slice(-shownLines).join('\n')}`;
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
