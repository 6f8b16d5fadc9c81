/** Stage `runtime`: the Windows node.exe and the koffi addon, from the cache, the registry or the user. */
import { copyFile, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ToolError } from '../errors.ts';
import { formatSize } from '../format-units.ts';
import { writeAtomically } from '../tools/atomic-write.ts';
import { cacheDir } from '../tools/cache-dir.ts';
import { installedVersion } from '../tools/installed-version.ts';
import { describeExecutable } from '../tools/pe-resources.ts';
import { toolchainRoot } from '../tools/toolchain.ts';
import { type CachedFile, koffiAddon, windowsNode } from '../tools/windows-runtime.ts';
import type { PackagePlan } from './plan-context.ts';
import type { Stage, StageContext } from './stage.ts';

export interface RuntimeOutput {
  readonly nodeExecutable: string;
  /** In the build folder, under the name it is installed as. */
  readonly koffiAddon: string;
  readonly koffiVersion: string;
}

const koffiVersion = installedVersion('koffi');

export const runtimeStage: Stage<PackagePlan, RuntimeOutput> = {
  name: 'runtime',
  title: 'Get the Windows runtime',
  fingerprint: ({ architecture, nodeExecutable, paths, product }) => ({
    architecture,
    nodeExecutable,
    koffiVersion,
    node: product.runtime.node,
    cache: cacheDir(),
    paths,
  }),
  reads: ({ nodeExecutable }) => (nodeExecutable === undefined ? [] : [nodeExecutable]),
  async run(plan, context) {
    const node = await nodeFor(plan, context);
    const addon = await koffiAddon(koffiVersion, plan.architecture, fetchOptions(context));
    const installedAddon = join(dirname(plan.paths.executable), 'koffi.node');
    await writeAtomically(installedAddon, (temporaryPath) => copyFile(addon.path, temporaryPath));
    const { size } = await stat(node.path);
    return {
      output: { nodeExecutable: node.path, koffiAddon: installedAddon, koffiVersion },
      written: [node.path, installedAddon],
      sizeBytes: size,
      note: `Node.js ${plan.product.runtime.node}${plan.nodeExecutable === undefined ? origin(node) : ', as given'}`,
    };
  },
};

const origin = ({ fromCache }: CachedFile): string => (fromCache ? ', from the cache' : ', fetched');

const fetchOptions = ({ signal, progress }: StageContext) => ({
  cacheDir: cacheDir(),
  projectDir: toolchainRoot,
  signal,
  onProgress: (receivedBytes: number) => progress(`${formatSize(receivedBytes)} received`),
});

async function nodeFor(plan: PackagePlan, context: StageContext): Promise<CachedFile> {
  const { node } = plan.product.runtime;
  if (plan.nodeExecutable === undefined) return windowsNode(node, plan.architecture, fetchOptions(context));
  await checkGivenNode(plan.nodeExecutable, plan);
  return { path: plan.nodeExecutable, fromCache: true };
}

/** A given node.exe must be what the product asks for: another version could not read the program inside it. */
async function checkGivenNode(path: string, { architecture, product }: PackagePlan): Promise<void> {
  const found = describeExecutable(await readFile(path));
  const wanted = `${product.runtime.node} for ${architecture}`;
  if (`${found.version} for ${found.architecture}` === wanted) return;
  throw new ToolError(
    'runtime-mismatch',
    `Cannot use "${path}": found version ${found.version} for ${found.architecture}, wanted ${wanted}`,
    { cure: 'Give the node.exe that matches runtime.node of the product file and --arch.' },
  );
}
