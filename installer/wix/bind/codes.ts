/** ProductCode, PackageCode and summary information of a reproducible build (decision 9 of the design). */
import { createHash } from 'node:crypto';
import type { MsiCell, MsiTable, SummaryInformation } from '../../formats/msi/model.ts';
import { nameBasedGuid } from '../../name-based-guid.ts';
import type { LinkedProduct } from '../link/link.ts';

/** Namespace of this compiler's name-based UUIDs where a product has no UpgradeCode to take one from. */
const NAMESPACE = '0b2e6cf4-38a7-5f0e-9a53-6f1d8c7e2b90';

/** As authored, or the same for the same upgrade code, version, architecture and language. */
export function productCode({ product, package: pack }: LinkedProduct): string {
  if (product.productCode !== '*') return product.productCode;
  const identity = product.upgradeCode === null ? [product.manufacturer, product.name] : [];
  const name = [...identity, product.version, pack.platform, String(product.language)].join('|');
  return nameBasedGuid(`product|${name}`, product.upgradeCode ?? NAMESPACE);
}

/**
 * As authored, or a UUID of everything the package holds: two packages have the same code only if they are the same.
 * `digests` are content hashes of the files, which tables and streams name but do not show.
 */
export function packageCode(
  linked: LinkedProduct,
  content: {
    readonly tables: readonly MsiTable[];
    readonly summary: SummaryInformation;
    readonly digests: readonly string[];
  },
): string {
  if (linked.package.packageCode !== '*') return linked.package.packageCode;
  const hash = createHash('sha256');
  const cell = (value: MsiCell) =>
    value !== null && typeof value === 'object' ? { bytes: value.binary.sizeBytes } : value;
  for (const { name, columns, rows } of content.tables)
    hash.update(JSON.stringify([name, columns, rows.map((row) => row.map(cell))]));
  hash.update(JSON.stringify(content.summary));
  for (const digest of content.digests) hash.update(digest);
  return nameBasedGuid(new Uint8Array(hash.digest()), NAMESPACE);
}

const PLATFORM = { x86: 'Intel', x64: 'x64', arm64: 'Arm64' } as const;
const LEAST_VERSION = { x86: 100, x64: 200, arm64: 500 } as const;
/** Tables that only Windows Installer 5.0 and later knows. */
const VERSION_5_TABLES = [
  'MsiServiceConfig',
  'MsiServiceConfigFailureActions',
  'MsiLockPermissionsEx',
  'MsiShortcutProperty',
];
const READ_ONLY_RECOMMENDED = 2;
const READ_ONLY_ENFORCED = 4;

/** Everything but the package code. Source: Windows Installer "Summary Information Stream Property Set". */
export function summaryInformation(
  { product, package: pack }: LinkedProduct,
  at: { readonly tables: ReadonlySet<string>; readonly sourceDateEpoch: number; readonly application: string },
): SummaryInformation {
  const needed = VERSION_5_TABLES.some((table) => at.tables.has(table)) ? 500 : LEAST_VERSION[pack.platform];
  const time = new Date(at.sourceDateEpoch * 1000);
  return {
    codePage: pack.summaryCodePage,
    title: 'Installation Database',
    subject: pack.description ?? product.name,
    author: pack.manufacturer ?? product.manufacturer,
    keywords: pack.keywords ?? 'Installer',
    comments:
      pack.comments ?? `This installer database contains the logic and data required to install ${product.name}.`,
    template: `${PLATFORM[pack.platform]};${pack.languages ?? product.language}`,
    createdAt: time,
    lastSavedAt: time,
    pageCount: pack.installerVersion ?? needed,
    wordCount: pack.wordCountFlags,
    creatingApplication: at.application,
    security: pack.readOnly ? READ_ONLY_ENFORCED : READ_ONLY_RECOMMENDED,
  };
}
