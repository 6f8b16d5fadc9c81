/** Stage `manifest`: what was built, from what and by what, so that anyone can check it. Holds no time and no path. */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { writeFileAtomically } from '../tools/atomic-write.ts';
import { FileHasher } from '../tools/file-hasher.ts';
import { installedVersion } from '../tools/installed-version.ts';
import { toolchainVersion } from '../tools/toolchain.ts';
import type { BundleOutput } from './bundle-stage.ts';
import type { ExecutableOutput } from './executable-stage.ts';
import type { MessagesOutput } from './messages-stage.ts';
import type { MsiOutput } from './msi-stage.ts';
import type { PackagePlan } from './plan-context.ts';
import type { RuntimeOutput } from './runtime-stage.ts';
import type { Stage } from './stage.ts';

export interface ManifestInput {
  readonly plan: PackagePlan;
  readonly bundle: BundleOutput;
  readonly runtime: RuntimeOutput;
  readonly executable: ExecutableOutput;
  readonly messages: MessagesOutput;
  readonly msi: MsiOutput;
}

export interface ManifestOutput {
  readonly manifest: string;
  readonly checksums: string;
  readonly sha256: string;
}

export const manifestStage: Stage<ManifestInput, ManifestOutput> = {
  name: 'manifest',
  title: 'Write checksums and manifest',
  fingerprint: ({ plan, executable, messages, msi, runtime }) => ({ plan, executable, messages, msi, runtime }),
  reads: ({ msi, bundle, runtime, executable, messages }) => [
    msi.msi,
    bundle.bundle,
    runtime.nodeExecutable,
    runtime.koffiAddon,
    executable.executable,
    messages.messagesDll,
  ],
  async run(input) {
    const { manifest, checksums } = input.plan.paths;
    const text = `${JSON.stringify(await manifestOf(input), undefined, 2)}\n`;
    const hasher = await FileHasher.open();
    const sha256 = await hasher.sha256(input.msi.msi);
    await writeFileAtomically(manifest, text);
    const sums = [input.msi.msi, manifest].map(async (path) => `${await hasher.sha256(path)}  ${basename(path)}\n`);
    await writeFileAtomically(checksums, (await Promise.all(sums)).join(''));
    return {
      output: { manifest, checksums, sha256 },
      written: [manifest, checksums],
      note: `sha256 ${sha256.slice(0, 16)}…`,
    };
  },
};

async function manifestOf({ plan, bundle, runtime, executable, messages, msi }: ManifestInput): Promise<object> {
  const { product, architecture, sourceDateEpoch } = plan;
  return {
    product: { name: product.name, manufacturer: product.manufacturer, version: product.version, architecture },
    msi: {
      ...(await describeFile(msi.msi)),
      productCode: msi.productCode,
      packageCode: msi.packageCode,
      upgradeCode: product.upgradeCode,
    },
    contents: {
      executable: await describeFile(executable.executable),
      addon: await describeFile(runtime.koffiAddon),
      messages: await describeFile(messages.messagesDll),
    },
    inputs: {
      bundle: await describeFile(bundle.bundle),
      nodeExecutable: await describeFile(runtime.nodeExecutable),
    },
    signed: false,
    tools: {
      vigil: await toolchainVersion(),
      node: product.runtime.node,
      koffi: runtime.koffiVersion,
      engine: executable.madeBy,
      esbuild: installedVersion('esbuild'),
      backend: msi.backend,
    },
    sourceDateEpoch,
  };
}

async function describeFile(path: string): Promise<object> {
  const hasher = await FileHasher.open();
  const { size } = await stat(path);
  return { file: basename(path), sizeBytes: size, sha256: await hasher.sha256(path) };
}
