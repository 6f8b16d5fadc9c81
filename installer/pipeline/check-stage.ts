/** Stage `check`: everything that can be found wrong before any work is done, all of it at once. */
import { access, constants, mkdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type Diagnostic, formatDiagnostic } from '../diagnostic.ts';
import { explainWriteError, ToolError } from '../errors.ts';
import { type LoadResult, loadProduct, type Product, printPath } from '../product/load-product.ts';
import { sourceDateEpoch } from '../tools/source-date.ts';
import { toolchainRoot } from '../tools/toolchain.ts';
import type { PackagePlan, PackageRequest } from './plan-context.ts';
import type { Stage } from './stage.ts';

export const checkStage: Stage<PackageRequest, PackagePlan> = {
  name: 'check',
  title: 'Check the product file',
  // Always runs: it looks at the world, and costs a few milliseconds.
  fingerprint: () => process.hrtime.bigint().toString(),
  reads: () => [],
  async run(request) {
    const loaded = await loadProduct(request.productFile);
    if (!loaded.ok) throw invalidProduct(request.productFile, loaded.diagnostics);
    const { product } = loaded;
    checkHostNode(product);
    const missing = await missingFiles(loaded);
    if (missing.length > 0) throw invalidProduct(request.productFile, missing);
    await requireWritable(request.outputDir);
    await requireWritable(request.buildRoot);
    const plan = await makePlan(product, request);
    return { output: plan, written: [], note: `${product.name} ${product.version}, ${plan.architecture}` };
  },
};

async function makePlan(product: Product, request: PackageRequest): Promise<PackagePlan> {
  const architecture = request.architecture ?? product.runtime.architecture;
  const buildDir = buildDirOf(product, request.buildRoot, architecture);
  const msiName = `${product.name.replaceAll(' ', '-')}-${product.version}-${architecture}.msi`;
  return {
    product,
    identity: {
      name: product.name,
      manufacturer: product.manufacturer,
      version: product.version,
      executableName: product.executable,
      service: {
        name: product.service.name,
        displayName: product.service.displayName,
        description: product.service.description,
      },
    },
    architecture,
    engine: request.engine,
    backend: request.backend,
    ...(request.nodeExecutable === undefined ? {} : { nodeExecutable: request.nodeExecutable }),
    sourceDateEpoch: await sourceDateEpoch(product.dir),
    paths: {
      bundle: join(buildDir, 'bundle.cjs'),
      baseExecutable: join(buildDir, 'base.exe'),
      executable: join(buildDir, `${product.executable}.exe`),
      messagesDll: join(buildDir, `${product.executable}-messages.dll`),
      wixSource: join(buildDir, `${product.executable}.wxs`),
      msi: join(request.outputDir, msiName),
      manifest: join(request.outputDir, 'manifest.json'),
      checksums: join(request.outputDir, 'SHA256SUMS'),
    },
  };
}

/** `build/<arch>` for the product of this repository, a folder below it for any other. */
export function buildDirOf(
  product: Pick<Product, 'file' | 'executable'>,
  buildRoot: string,
  architecture: string,
): string {
  const own = product.file === join(toolchainRoot, 'installer', 'product.json');
  return own ? join(buildRoot, architecture) : join(buildRoot, architecture, product.executable);
}

/** The blob inside the executable can be read only by the very version of Node.js that wrote it. */
function checkHostNode({ runtime, file }: Product): void {
  if (process.version === `v${runtime.node}`) return;
  throw new ToolError(
    'runtime-mismatch',
    `Cannot make an executable with Node.js ${runtime.node}: this toolchain runs on ${process.version.slice(1)}, wanted the same version`,
    {
      cure: `Use "npm run package", which brings its own Node.js; where it has none for this system, run Node.js ${runtime.node}, or change runtime.node in ${file}.`,
    },
  );
}

async function missingFiles({ product, locate }: Extract<LoadResult, { ok: true }>): Promise<Diagnostic[]> {
  const named: readonly { readonly path: string; readonly at: readonly (string | number)[] }[] = [
    ...(product.icon === undefined ? [] : [{ path: product.icon, at: ['icon'] }]),
    ...(product.configuration === undefined ? [] : [{ path: product.configuration, at: ['configuration'] }]),
    ...product.files.map(({ source }, index) => ({ path: source, at: ['files', index, 'source'] })),
    ...product.workers.map(({ entry }, index) => ({ path: entry, at: ['workers', index, 'entry'] })),
  ];
  const checked = await Promise.all(
    named.map(async ({ path, at }) => ({ path, at, found: await isReadable(resolve(product.dir, path)) })),
  );
  return checked
    .filter(({ found }) => !found)
    .map(({ path, at }) => ({
      code: 'VGL1005',
      severity: 'error' as const,
      message: `${printPath(at)}: found no readable file "${resolve(product.dir, path)}"${extensionHint(path)}`,
      span: locate(at),
    }));
}

const extensionHint = (path: string): string =>
  extname(path) === '' ? `, expected a file with an extension; "${basename(path)}" has none` : '';

function invalidProduct(file: string, diagnostics: readonly Diagnostic[]): ToolError {
  const count = diagnostics.length === 1 ? 'one error' : `${diagnostics.length} errors`;
  return new ToolError('product-invalid', `Cannot use product file "${file}": found ${count}, wanted none`, {
    cure: 'Mend the places below; an editor that knows "$schema" shows them as you type.',
    details: diagnostics.map(formatDiagnostic),
  });
}

async function requireWritable(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.W_OK);
  } catch (error) {
    throw explainWriteError(error, dir);
  }
}

const isReadable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
