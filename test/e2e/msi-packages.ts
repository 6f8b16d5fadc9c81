import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadProduct, type Product } from '../../installer/product/load-product.ts';
import { runCommand } from '../support/run-command.ts';
import { nextVersion } from './variants.ts';

/** One MSI and the product it installs. */
export interface MsiPackage {
  /** Host path. */
  readonly msi: string;
  readonly product: Product;
}

/** A product file: its JSON, to be changed at will. */
export type ProductJson = Record<string, unknown> & { service: Record<string, unknown> };

export interface Variant {
  /** Names the folder it is built in; another change needs another name. */
  readonly name: string;
  change(product: ProductJson): void;
}

/**
 * The MSI under test, and variants of its product built when a scenario first asks: another version, another account, a
 * service that cannot start. Built by the product's own command with engine `sea`, in a folder of their own below
 * `buildFolder`, where the command's own records let the next run use them again.
 */
export class MsiPackages {
  readonly underTest: MsiPackage;
  readonly #projectRoot: string;
  readonly #buildFolder: string;
  readonly #built = new Map<string, Promise<MsiPackage>>();

  constructor(underTest: MsiPackage, { projectRoot, buildFolder }: { projectRoot: string; buildFolder: string }) {
    this.underTest = underTest;
    this.#projectRoot = projectRoot;
    this.#buildFolder = buildFolder;
  }

  /** The product under test, changed. */
  variant({ name, change }: Variant): Promise<MsiPackage> {
    return this.#once(name, () => {
      const folder = join(this.#buildFolder, name);
      mkdirSync(folder, { recursive: true });
      const productFile = join(folder, 'product.json');
      const product = absolutePaths(this.underTest.product);
      change(product);
      writeFileIfChanged(productFile, `${JSON.stringify(product, null, 2)}\n`);
      return this.#build(productFile, folder);
    });
  }

  /** Another product of this repository. */
  product(productFile: string): Promise<MsiPackage> {
    const name = basename(dirname(productFile));
    return this.#once(name, () => this.#build(join(this.#projectRoot, productFile), join(this.#buildFolder, name)));
  }

  /** See `variants.ts`. */
  nextVersion(): Promise<MsiPackage> {
    return this.variant(nextVersion(this.underTest.product));
  }

  #once(name: string, build: () => Promise<MsiPackage>): Promise<MsiPackage> {
    const building = this.#built.get(name) ?? build();
    this.#built.set(name, building);
    return building;
  }

  /** The folder is the working folder too, so that intermediates of variants do not meet. */
  async #build(productFile: string, folder: string): Promise<MsiPackage> {
    mkdirSync(folder, { recursive: true });
    const outputPath = join(folder, 'package.log');
    writeFileSync(outputPath, '');
    const cli = join(this.#projectRoot, 'installer', 'cli.ts');
    const args = [cli, 'package', '--engine', 'sea', '--product', productFile, '--out', 'dist', '--verbose'];
    const end = await runCommand(process.execPath, args, { outputPath, timeoutMs: buildTimeoutMs, cwd: folder });
    if (end.kind !== 'exited' || end.exitCode !== 0) {
      const output = readFileSync(outputPath, 'utf8');
      throw new Error(`Cannot build "${productFile}": it ended with ${JSON.stringify(end)}\n${output}`);
    }
    return readPackage(join(folder, 'dist'), productFile);
  }
}

/** The package that `npm run package` has written to `dist`. @throws Error for a product file that is not valid. */
export async function readPackage(dist: string, productFile: string): Promise<MsiPackage> {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as { msi: { file: string } };
  return { msi: join(dist, manifest.msi.file), product: await requireProduct(productFile) };
}

export async function requireProduct(productFile: string): Promise<Product> {
  const loaded = await loadProduct(productFile);
  if (!loaded.ok) throw new Error(`Cannot use "${productFile}": it is not valid; "npm run package" says why`);
  return loaded.product;
}

const buildTimeoutMs = 300_000;

/** The file of `product` as JSON that holds in any folder. */
function absolutePaths({ file, dir, version }: Product): ProductJson {
  const product = JSON.parse(readFileSync(file, 'utf8')) as ProductJson & {
    $schema?: string;
    icon?: string;
    configuration?: string;
    files?: { source: string }[];
    workers?: { entry: string }[];
  };
  delete product.$schema;
  if (product.icon !== undefined) product.icon = resolve(dir, product.icon);
  if (product.configuration !== undefined) product.configuration = resolve(dir, product.configuration);
  for (const entry of product.files ?? []) entry.source = resolve(dir, entry.source);
  for (const worker of product.workers ?? []) worker.entry = resolve(dir, worker.entry);
  return { ...product, version };
}

/** An untouched file keeps its time, which is how the build knows it. */
function writeFileIfChanged(path: string, text: string): void {
  try {
    if (readFileSync(path, 'utf8') === text) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(path, text);
}
