/** Stage `msi`: the WiX source becomes the MSI. */
import { stat } from 'node:fs/promises';
import { type BackendName, msiBackends } from '../tools/backends/msi-backend.ts';
import type { ExecutableOutput } from './executable-stage.ts';
import type { MessagesOutput } from './messages-stage.ts';
import type { PackagePlan } from './plan-context.ts';
import type { RuntimeOutput } from './runtime-stage.ts';
import type { Stage } from './stage.ts';
import type { WixSourceOutput } from './wix-source-stage.ts';

export interface MsiInput {
  readonly plan: PackagePlan;
  readonly source: WixSourceOutput;
  readonly executable: ExecutableOutput;
  readonly runtime: RuntimeOutput;
  readonly messages: MessagesOutput;
}

export interface MsiOutput {
  readonly msi: string;
  readonly productCode: string;
  readonly packageCode: string;
  readonly backend: BackendName;
}

export const msiStage: Stage<MsiInput, MsiOutput> = {
  name: 'msi',
  title: 'Compile the MSI',
  fingerprint: ({ plan }) => ({ backend: plan.backend, epoch: plan.sourceDateEpoch, msi: plan.paths.msi }),
  reads: ({ source, executable, runtime, messages }) => [
    source.wixSource,
    executable.executable,
    runtime.koffiAddon,
    messages.messagesDll,
  ],
  async run({ plan, source }, { signal, progress }) {
    const { msi } = plan.paths;
    const compiled = await msiBackends[plan.backend].compile({
      source: source.wixSource,
      output: msi,
      architecture: plan.architecture,
      sourceDateEpoch: plan.sourceDateEpoch,
      signal,
      progress,
    });
    const { size } = await stat(msi);
    return {
      output: { msi, productCode: compiled.productCode, packageCode: compiled.packageCode, backend: plan.backend },
      written: [msi],
      ...(compiled.payloadFiles === undefined ? { reusable: false } : { alsoRead: compiled.payloadFiles }),
      sizeBytes: size,
    };
  },
};
