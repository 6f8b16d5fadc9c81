/** Stage `resources`: node.exe becomes the product's: version information, icon, and no signature of another maker. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeFileAtomically } from '../tools/atomic-write.ts';
import { withDetails } from '../tools/pe-resources.ts';
import type { PackagePlan } from './plan-context.ts';
import type { RuntimeOutput } from './runtime-stage.ts';
import type { Stage } from './stage.ts';

export interface ResourcesInput {
  readonly plan: PackagePlan;
  readonly runtime: RuntimeOutput;
}

export interface ResourcesOutput {
  readonly baseExecutable: string;
}

export const resourcesStage: Stage<ResourcesInput, ResourcesOutput> = {
  name: 'resources',
  title: 'Write version information and icon',
  fingerprint: ({ plan }) => detailsOf(plan),
  reads: ({ plan, runtime }) => [runtime.nodeExecutable, ...iconFile(plan)],
  async run({ plan, runtime }, { signal }) {
    const [icon] = await Promise.all(iconFile(plan).map((path) => readFile(path)));
    const node = await readFile(runtime.nodeExecutable);
    signal.throwIfAborted();
    const executable = withDetails(node, { ...detailsOf(plan), ...(icon === undefined ? {} : { icon }) });
    await writeFileAtomically(plan.paths.baseExecutable, executable);
    return {
      output: { baseExecutable: plan.paths.baseExecutable },
      written: [plan.paths.baseExecutable],
      sizeBytes: executable.byteLength,
    };
  },
};

const detailsOf = ({ product }: PackagePlan) => ({
  productName: product.name,
  companyName: product.manufacturer,
  // Task Manager shows this text as the name of the process.
  description: product.service.displayName,
  originalFilename: `${product.executable}.exe`,
  version: product.version,
  comments: `Runs on Node.js ${product.runtime.node}`,
});

const iconFile = ({ product }: PackagePlan): string[] =>
  product.icon === undefined ? [] : [resolve(product.dir, product.icon)];
