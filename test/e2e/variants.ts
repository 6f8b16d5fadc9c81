import type { Product } from '../../installer/product/load-product.ts';
import type { Variant } from './msi-packages.ts';

/** Changed products that tests install, under Wine and on Windows alike. */

/** The next minor version: what an upgrade installs. */
export function nextVersion({ version }: Product): Variant {
  const next = minorAfter(version);
  return { name: 'next-version', change: (product) => Object.assign(product, { version: next }) };
}

/** The executable refuses its command line and ends before it has called the service dispatcher. */
export const cannotStart: Variant = {
  name: 'cannot-start',
  change: ({ service }) => Object.assign(service, { arguments: ['--no-such-option'] }),
};

/** The next version, and it cannot start: the upgrade fails. */
export function nextVersionCannotStart({ version }: Product): Variant {
  return {
    name: 'next-version-cannot-start',
    change(product) {
      product.version = minorAfter(version);
      cannotStart.change(product);
    },
  };
}

/** Restarted a second after each failure, so that a test can wait for it. */
export const quickRecovery: Variant = {
  name: 'quick-recovery',
  change: ({ service }) =>
    Object.assign(service, {
      recovery: { resetPeriodSeconds: 60, actions: [{ action: 'restart', delaySeconds: 1 }] },
    }),
};

function minorAfter(version: string): string {
  const [major, minor] = version.split('.').map(Number);
  return `${major}.${(minor ?? 0) + 1}.0`;
}
