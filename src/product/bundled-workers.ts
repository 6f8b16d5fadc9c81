/**
 * The workers compiled into this executable, by name. The toolchain replaces this file while bundling with one that
 * imports each worker's entry on demand; run from source there are none.
 */
export const bundledWorkers: Readonly<Record<string, () => Promise<unknown>>> = {};
