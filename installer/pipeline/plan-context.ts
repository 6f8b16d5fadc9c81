import type { ProductIdentity } from '../../src/product/identity.ts';
import type { Product } from '../product/load-product.ts';
import type { BackendName } from '../tools/backends/msi-backend.ts';
import type { EngineName } from '../tools/engines/executable-engine.ts';
import type { Architecture } from '../tools/windows-runtime.ts';

/** What the user asked for, as absolute paths. */
export interface PackageRequest {
  readonly productFile: string;
  readonly outputDir: string;
  readonly buildRoot: string;
  readonly engine: EngineName;
  readonly backend: BackendName;
  /** Overrides `runtime.architecture` of the product file. */
  readonly architecture?: Architecture;
  /** A node.exe to use instead of the registry's. */
  readonly nodeExecutable?: string;
}

/** Decided once by the stage `check`, then given to every later stage. */
export interface PackagePlan {
  readonly product: Product;
  readonly identity: ProductIdentity;
  readonly architecture: Architecture;
  readonly engine: EngineName;
  readonly backend: BackendName;
  readonly nodeExecutable?: string;
  /** Time stamp of everything in the MSI, seconds since 1970; never the clock's. */
  readonly sourceDateEpoch: number;
  readonly paths: {
    readonly bundle: string;
    readonly baseExecutable: string;
    readonly executable: string;
    readonly messagesDll: string;
    readonly wixSource: string;
    readonly msi: string;
    readonly manifest: string;
    readonly checksums: string;
  };
}
