import type { Product } from '../../installer/product/load-product.ts';
import type { WinePrefix } from '../support/wine/wine-prefix.ts';
import type { DaemonLog } from './daemon-log.ts';
import type { MsiPackage, MsiPackages } from './msi-packages.ts';
import type { Msiexec } from './msiexec.ts';
import type { ServiceControl } from './service-control.ts';
import type { WindowsTools } from './windows-tools.ts';

/**
 * One end-to-end test: the MSI on a fresh Windows machine. A file in `scenarios/` exports one as `scenario`; its name is
 * the file's. A scenario fails by throwing (`node:assert`), its last begun step says where.
 */
export interface Scenario {
  readonly description: string;
  run(context: ScenarioContext): Promise<void>;
}

/** One product on the machine: its MSI, where that puts things, its service. */
export interface Deployment {
  readonly product: Product;
  readonly installed: InstalledPlaces;
  readonly msiexec: Msiexec;
  readonly service: ServiceControl;
  readonly daemonLog: DaemonLog;
}

/** The deployment is that of the MSI under test in the default folders. */
export interface ScenarioContext extends Deployment {
  readonly machine: WinePrefix;
  readonly tools: WindowsTools;
  readonly packages: MsiPackages;
  /** Another MSI, or other folders, on the same machine. */
  deployment(of: MsiPackage, folders?: Folders): Deployment;
  /** Runs one named part of the scenario and says how long it took; a text that `work` returns is shown beside it. */
  step<T>(title: string, work: () => Promise<T> | T): Promise<T>;
}

/** Host paths. */
export interface Folders {
  readonly installFolder?: string;
  readonly dataFolder?: string;
}

/** Where the MSI puts things, as host paths (folders) and registry paths. */
export interface InstalledPlaces {
  readonly installFolder: string;
  readonly dataFolder: string;
  readonly serviceKey: string;
  readonly productKey: string;
}
