/**
 * Who the running executable is. The toolchain derives this from the product file and compiles it into the bundle
 * (`__VIGIL_PRODUCT__`); run from source, the daemon is the development product below.
 * Shared by both halves: `installer/` may import `src/product/` and nothing else of `src/`.
 */
export interface ProductIdentity {
  /** Product name as shown in Apps & features; also the folder name below Program Files and ProgramData. */
  readonly name: string;
  readonly manufacturer: string;
  /** `a.b.c` */
  readonly version: string;
  /** Base name of the executable, without `.exe`. */
  readonly executableName: string;
  readonly service: {
    /** SCM key name: at most 256 characters, no slash or backslash. */
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
  };
}

declare const __VIGIL_PRODUCT__: ProductIdentity | undefined;

const developmentProduct: ProductIdentity = {
  name: 'Vigil',
  manufacturer: 'Vigil Project',
  version: '0.0.0',
  executableName: 'vigil',
  service: { name: 'Vigil', displayName: 'Vigil (development)', description: 'Vigil run from source' },
};

export const product: ProductIdentity =
  typeof __VIGIL_PRODUCT__ === 'undefined' ? developmentProduct : __VIGIL_PRODUCT__;

/**
 * Registry key below HKEY_LOCAL_MACHINE where the MSI records `InstallDir` and `DataDir` (64-bit view), and where the
 * daemon finds its data folder.
 */
export function productRegistryKey(identity: Pick<ProductIdentity, 'manufacturer' | 'name'>): string {
  return `SOFTWARE\\${identity.manufacturer}\\${identity.name}`;
}
