import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { formatSize } from '../format-units.ts';
import type { PackageResult } from '../pipeline/package-product.ts';

/** What was written and what each file is for, as lines for a person. */
export async function summaryLines({ msi, checksums, manifest, sha256 }: PackageResult): Promise<string[]> {
  const described: readonly [string, string][] = [
    [msi, 'the package: msiexec /i … /qn, Group Policy, Intune'],
    [checksums, 'checksums, for sha256sum --check'],
    [manifest, 'product codes, sizes, hashes and tool versions'],
  ];
  const lines = await Promise.all(
    described.map(async ([path, purpose]) => {
      const { size } = await stat(path);
      return `  ${shown(path).padEnd(34)} ${formatSize(size).padStart(9)}  ${purpose}`;
    }),
  );
  return ['', ...lines, '', `  sha256 ${sha256}`, '  The package is not signed.'];
}

const shown = (path: string): string => {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
};
