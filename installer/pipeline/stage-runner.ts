/**
 * Runs stages and skips those whose inputs have not changed. What a stage read and wrote is recorded beside the build;
 * the key of the record covers the toolchain itself, the stage's settings and the contents of every file it read.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortedError } from '../errors.ts';
import { writeFileAtomically } from '../tools/atomic-write.ts';
import type { FileHasher } from '../tools/file-hasher.ts';
import type { PipelineEvent, Stage, StageContext, StageName, StageResult } from './stage.ts';

export interface StageRunnerOptions {
  /** Folder of the records. */
  readonly recordDir: string;
  /** Identifies the toolchain's own code: a change of it makes every stage run again. */
  readonly toolchain: string;
  /** False runs every stage (`--no-cache`). */
  readonly reuse: boolean;
  readonly hasher: FileHasher;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PipelineEvent) => void;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
}

interface StageRecord {
  readonly key: string;
  readonly alsoRead: Readonly<Record<string, string>>;
  readonly written: readonly { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number }[];
  readonly result: StageResult<unknown>;
}

export class StageRunner {
  readonly #options: StageRunnerOptions;
  #failed: StageName | undefined;

  constructor(options: StageRunnerOptions) {
    this.#options = options;
  }

  /** The stage that threw, for the error message. */
  get failedStage(): StageName | undefined {
    return this.#failed;
  }

  /** Runs `stage`, or returns the recorded output of an earlier run with equal inputs. Throws what the stage throws. */
  async run<Input, Output>(stage: Stage<Input, Output>, input: Input): Promise<Output> {
    const { onEvent, now, signal } = this.#options;
    const { name, title } = stage;
    const startedMs = now();
    onEvent({ type: 'stage-started', stage: name, title });
    try {
      throwIfAborted(signal);
      const { result, reused } = await this.#resultOf(stage, input);
      throwIfAborted(signal);
      const { sizeBytes, note } = result;
      onEvent({
        type: 'stage-finished',
        stage: name,
        title,
        reused,
        durationMs: now() - startedMs,
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
        ...(note === undefined ? {} : { note }),
      });
      return result.output;
    } catch (error) {
      this.#failed = name;
      onEvent({ type: 'stage-failed', stage: name, title, durationMs: now() - startedMs });
      throw signal.aborted ? new AbortedError() : error;
    }
  }

  async #resultOf<Input, Output>(
    stage: Stage<Input, Output>,
    input: Input,
  ): Promise<{ result: StageResult<Output>; reused: boolean }> {
    const key = await this.#keyOf(stage, input);
    const recordFile = join(this.#options.recordDir, `${stage.name}.json`);
    const record = this.#options.reuse ? await readRecord(recordFile) : undefined;
    if (record?.key === key && (await this.#stillHolds(record))) {
      return { result: record.result as StageResult<Output>, reused: true };
    }
    const result = await stage.run(input, this.#contextFor(stage.name));
    if (result.reusable === false) await rm(recordFile, { force: true });
    else await writeFileAtomically(recordFile, JSON.stringify(await this.#recordOf(key, result)));
    return { result, reused: false };
  }

  #contextFor(stage: StageName): StageContext {
    const { signal, onEvent } = this.#options;
    return { signal, progress: (text) => onEvent({ type: 'stage-progress', stage, text }) };
  }

  async #keyOf<Input, Output>(stage: Stage<Input, Output>, input: Input): Promise<string> {
    const files: Record<string, string> = {};
    for (const path of stage.reads(input)) files[path] = await this.#options.hasher.sha256(path);
    const everything = { toolchain: this.#options.toolchain, settings: stage.fingerprint(input), files };
    return createHash('sha256').update(JSON.stringify(everything)).digest('hex');
  }

  async #recordOf(key: string, result: StageResult<unknown>): Promise<StageRecord> {
    const alsoRead: Record<string, string> = {};
    for (const path of result.alsoRead ?? []) alsoRead[path] = await this.#options.hasher.sha256(path);
    const written = await Promise.all(
      result.written.map(async (path) => {
        const { size, mtimeMs } = await stat(path);
        return { path, sizeBytes: size, modifiedMs: mtimeMs };
      }),
    );
    return { key, alsoRead, written, result };
  }

  async #stillHolds(record: StageRecord): Promise<boolean> {
    for (const { path, sizeBytes, modifiedMs } of record.written) {
      const found = await stat(path).catch(() => undefined);
      if (found?.size !== sizeBytes || found.mtimeMs !== modifiedMs) return false;
    }
    for (const [path, sha256] of Object.entries(record.alsoRead)) {
      if ((await this.#options.hasher.sha256(path).catch(() => undefined)) !== sha256) return false;
    }
    return true;
  }
}

/** A missing or damaged record only means that the stage runs again. */
async function readRecord(path: string): Promise<StageRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as StageRecord;
  } catch {
    return undefined;
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AbortedError();
}
