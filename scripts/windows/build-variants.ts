import { join } from 'node:path';
import { MsiPackages, readPackage } from '../../test/e2e/msi-packages.ts';
import { cannotStart, nextVersion, nextVersionCannotStart, quickRecovery } from '../../test/e2e/variants.ts';
import { projectRoot } from '../lib/project.ts';

/**
 * Builds the changed products that the checks on Windows install beside the MSI in `dist`, and prints the path of each
 * as JSON.
 */
const underTest = await readPackage(join(projectRoot, 'dist'), join(projectRoot, 'installer', 'product.json'));
const packages = new MsiPackages(underTest, { projectRoot, buildFolder: join(projectRoot, 'build', 'e2e') });
const { product } = underTest;
const variants = {
  next: nextVersion(product),
  broken: cannotStart,
  nextBroken: nextVersionCannotStart(product),
  quickRecovery,
};
const paths: Record<string, string> = { base: underTest.msi };
for (const [name, variant] of Object.entries(variants)) paths[name] = (await packages.variant(variant)).msi;
console.log(JSON.stringify(paths, null, 2));
