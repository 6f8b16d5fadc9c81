/** Stage `executable`: bundle and base executable become one program, by the engine the user chose. */
import { stat } from 'node:fs/promises';
import type { EngineName, ExecutableEngine } from '../tools/engines/executable-engine.ts';
import { pkgEngine } from '../tools/engines/pkg-engine.ts';
import { seaEngine } from '../tools/engines/sea-engine.ts';
import type { BundleOutput } from './bundle-stage.ts';
import type { PackagePlan } from './plan-context.ts';
import type { ResourcesOutput } from './resources-stage.ts';
import type { Stage } from './stage.ts';

export interface ExecutableInput {
  readonly plan: PackagePlan;
  readonly bundle: BundleOutput;
  readonly resources: ResourcesOutput;
}

export interface ExecutableOutput {
  readonly executable: string;
  /** Name and version of the engine that made it. */
  readonly madeBy: string;
}

const engines: Readonly<Record<EngineName, ExecutableEngine>> = { pkg: pkgEngine, sea: seaEngine };

export const executableStage: Stage<ExecutableInput, ExecutableOutput> = {
  name: 'executable',
  title: 'Make the executable',
  fingerprint: ({ plan }) => ({
    engine: plan.engine,
    version: engines[plan.engine].version,
    path: plan.paths.executable,
  }),
  reads: ({ bundle, resources }) => [bundle.bundle, resources.baseExecutable],
  async run({ plan, bundle, resources }, { signal, progress }) {
    const engine = engines[plan.engine];
    await engine.build({
      bundle: bundle.bundle,
      baseExecutable: resources.baseExecutable,
      nodeVersion: plan.product.runtime.node,
      architecture: plan.architecture,
      output: plan.paths.executable,
      signal,
      progress,
    });
    const { size } = await stat(plan.paths.executable);
    return {
      output: { executable: plan.paths.executable, madeBy: engine.version },
      written: [plan.paths.executable],
      sizeBytes: size,
      note: `engine ${engine.name}`,
    };
  },
};
