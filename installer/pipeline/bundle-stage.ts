/** Stage `bundle`: the daemon and the product's workers become one CommonJS file, its source map beside it. */
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildFailure, build, type Message, type Metafile, type Plugin } from 'esbuild';
import { ToolError } from '../errors.ts';
import type { Product } from '../product/load-product.ts';
import { writeFileAtomically } from '../tools/atomic-write.ts';
import { toolchainRoot } from '../tools/toolchain.ts';
import type { PackagePlan } from './plan-context.ts';
import type { Stage } from './stage.ts';

export interface BundleOutput {
  readonly bundle: string;
  readonly sourceMap: string;
}

const daemonEntry = join(toolchainRoot, 'src', 'main.ts');

export const bundleStage: Stage<PackagePlan, BundleOutput> = {
  name: 'bundle',
  title: 'Bundle the daemon (esbuild)',
  fingerprint: ({ identity, product, paths }) => ({ identity, workers: product.workers, bundle: paths.bundle }),
  reads: () => [daemonEntry],
  async run(plan) {
    const sourceMap = `${plan.paths.bundle}.map`;
    const result = await bundle(plan);
    const [code, map] = ['.cjs', '.cjs.map'].map((end) => result.outputFiles.find((file) => file.path.endsWith(end)));
    await writeFileAtomically(plan.paths.bundle, code?.contents ?? '');
    await writeFileAtomically(sourceMap, map?.contents ?? '');
    return {
      output: { bundle: plan.paths.bundle, sourceMap },
      written: [plan.paths.bundle, sourceMap],
      alsoRead: modulesOf(result.metafile),
      sizeBytes: code?.contents.byteLength ?? 0,
    };
  },
};

async function bundle({ identity, product, paths }: PackagePlan) {
  try {
    return await build({
      absWorkingDir: toolchainRoot,
      entryPoints: [daemonEntry],
      outfile: paths.bundle,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      sourcemap: 'external',
      // Paths in the map are relative to the bundle, names of functions survive: a stack trace stays readable.
      sourcesContent: false,
      keepNames: true,
      legalComments: 'none',
      logLevel: 'silent',
      define: { __VIGIL_PRODUCT__: JSON.stringify(identity) },
      // The daemon loads the addon that lies beside the executable; the package serves only when run from source.
      external: ['koffi'],
      plugins: [workersPlugin(product)],
    });
  } catch (error) {
    throw explainBuildFailure(error);
  }
}

/** The files that went in. Names in angle brackets are esbuild's own, such as the value of a `define`. */
function modulesOf({ inputs }: Metafile): string[] {
  const files = Object.keys(inputs).filter((path) => !path.startsWith('<'));
  return files.map((path) => resolve(toolchainRoot, path));
}

/** Replaces `src/product/bundled-workers.ts` by one that imports the entries of this product. */
function workersPlugin(product: Product): Plugin {
  return {
    name: 'bundled-workers',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]product[\\/]bundled-workers\.ts$/ }, ({ path }) => ({
        contents: workersModule(product, dirname(path)),
        loader: 'ts',
        resolveDir: dirname(path),
      }));
    },
  };
}

function workersModule({ workers, dir }: Product, from: string): string {
  const entries = workers.map(({ name, entry }) => {
    const path = relative(from, resolve(dir, entry)).replaceAll('\\', '/');
    const specifier = path.startsWith('.') ? path : `./${path}`;
    return `  ${JSON.stringify(name)}: () => import(${JSON.stringify(specifier)}),\n`;
  });
  return `export const bundledWorkers = {\n${entries.join('')}};\n`;
}

function explainBuildFailure(error: unknown): unknown {
  const { errors } = error as Partial<BuildFailure>;
  if (errors === undefined) return error;
  return new ToolError('bundle-failed', `Cannot bundle the program: esbuild found ${errors.length} error(s)`, {
    cure: 'Mend the places below.',
    details: errors.map(formatMessage),
    cause: error,
  });
}

function formatMessage({ location, text }: Message): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column + 1}: error: ${text}`;
}
