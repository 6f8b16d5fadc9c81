/** `npm run package`: the stages in their order. Every arrow between them is a typed value. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FileHasher } from '../tools/file-hasher.ts';
import { toolchainFingerprint } from '../tools/toolchain.ts';
import { bundleStage } from './bundle-stage.ts';
import { checkStage } from './check-stage.ts';
import { executableStage } from './executable-stage.ts';
import { manifestStage } from './manifest-stage.ts';
import { messagesStage } from './messages-stage.ts';
import { msiStage } from './msi-stage.ts';
import type { PackagePlan, PackageRequest } from './plan-context.ts';
import { resourcesStage } from './resources-stage.ts';
import { runtimeStage } from './runtime-stage.ts';
import type { PipelineEvent, Stage, StageName } from './stage.ts';
import { StageError } from './stage-error.ts';
import { StageRunner } from './stage-runner.ts';
import { validateStage } from './validate-stage.ts';
import { wixSourceStage } from './wix-source-stage.ts';

export interface PackageOptions {
  /** False runs every stage again. */
  readonly reuse: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PipelineEvent) => void;
}

export interface PackageResult {
  readonly msi: string;
  readonly manifest: string;
  readonly checksums: string;
  readonly sha256: string;
  readonly productCode: string;
}

/** The stages with their titles, for a display that shows all of them from the start. */
export const stageTitles: readonly (readonly [StageName, string])[] = [
  checkStage,
  bundleStage,
  runtimeStage,
  resourcesStage,
  executableStage,
  messagesStage,
  wixSourceStage,
  msiStage,
  validateStage,
  manifestStage,
].map((stage: Pick<Stage<never, unknown>, 'name' | 'title'>) => [stage.name, stage.title]);

/**
 * Builds the MSI and its companions. Throws `StageError`, or `AbortedError` after `signal`; either way no half-written
 * file is left, and what earlier stages made is used again by the next run.
 */
export async function packageProduct(request: PackageRequest, options: PackageOptions): Promise<PackageResult> {
  const recordDir = join(request.buildRoot, 'stages', recordName(request));
  const hasher = await FileHasher.open(join(request.buildRoot, 'stages', 'hashes.json'));
  const toolchain = await toolchainFingerprint();
  const runner = new StageRunner({ ...options, recordDir, toolchain, hasher, now: () => performance.now() });
  try {
    return await runStages(runner, request);
  } catch (error) {
    throw options.signal.aborted || runner.failedStage === undefined
      ? error
      : new StageError(runner.failedStage, error);
  } finally {
    await hasher.save().catch(() => undefined);
  }
}

async function runStages(runner: StageRunner, request: PackageRequest): Promise<PackageResult> {
  const plan = await runner.run<PackageRequest, PackagePlan>(checkStage, request);
  const bundle = await runner.run(bundleStage, plan);
  const runtime = await runner.run(runtimeStage, plan);
  const resources = await runner.run(resourcesStage, { plan, runtime });
  const executable = await runner.run(executableStage, { plan, bundle, resources });
  const messages = await runner.run(messagesStage, plan);
  const source = await runner.run(wixSourceStage, { plan, runtime, executable, messages });
  const msi = await runner.run(msiStage, { plan, source, executable, runtime, messages });
  await runner.run(validateStage, { plan, msi });
  const made = { plan, bundle, runtime, executable, messages, msi };
  const { manifest, checksums, sha256 } = await runner.run(manifestStage, made);
  return { msi: msi.msi, manifest, checksums, sha256, productCode: msi.productCode };
}

/** One set of records per product file and architecture, so that two products do not undo each other's. */
function recordName({ productFile, architecture }: PackageRequest): string {
  return createHash('sha256')
    .update(`${productFile}|${architecture ?? ''}`)
    .digest('hex')
    .slice(0, 16);
}
