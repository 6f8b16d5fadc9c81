/** The compiler over real files: reads sources, writes cabinets and the MSI, whole or not at all. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { AbortedError, explainWriteError } from '../errors.ts';
import type { ByteSource } from '../formats/byte-source.ts';
import { writeCabinet } from '../formats/cab/index.ts';
import { encodeMsi } from '../formats/msi/index.ts';
import { type Architecture, type Bound, type CabinetPlan, compile } from '../wix/index.ts';
import { createNodeFiles, readSource } from './node-files.ts';
import { openSpool } from './spool.ts';

export interface CompileToFileOptions {
  /** Paths of the `.wxs` files; all of them together make one product. */
  readonly sources: readonly string[];
  readonly output: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Folders of payload, as `folder` or, for `!(bindpath.name)`, as `name=folder`. */
  readonly bindPaths?: readonly string[];
  readonly includePaths?: readonly string[];
  /** Paths of localization files (`.wxl`). */
  readonly localizations?: readonly string[];
  readonly cultures?: readonly string[];
  readonly arch?: Architecture;
  /** Seconds since 1970 for every time in the output. */
  readonly sourceDateEpoch: number;
  /** Environment for `$(env.)`; that of the process unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export type CompileToFileResult =
  | {
      readonly ok: true;
      readonly productCode: string;
      readonly packageCode: string;
      /** Absolute paths of the payload. */
      readonly payloadFiles: readonly string[];
      /** Absolute paths of everything written: the MSI first, then cabinets and loose files beside it. */
      readonly outputs: readonly string[];
      readonly sizeBytes: number;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Named in the summary of every MSI; without a version, so that a newer compiler with the same output says the same. */
const APPLICATION = 'Vigil WiX compiler';

/**
 * Compiles and writes. Wrong sources are in the result; failing file operations throw. Whatever happens, an abort of
 * `signal` included, no partial file is left and an earlier output stays until the new one replaces it.
 * Throws `AbortedError` after an abort, `ToolError` for a full disk or a read-only folder.
 */
export async function compileToFile(options: CompileToFileOptions): Promise<CompileToFileResult> {
  try {
    options.signal?.throwIfAborted();
    return await compileFiles(options);
  } catch (error) {
    throw options.signal?.aborted === true ? new AbortedError() : error;
  }
}

async function compileFiles(options: CompileToFileOptions): Promise<CompileToFileResult> {
  const { signal } = options;
  const sources = await Promise.all(options.sources.map((path) => readSource(path)));
  const localizations = await Promise.all((options.localizations ?? []).map((path) => readSource(path)));
  const environment = Object.entries(options.environment ?? process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const firstFolder = options.sources.slice(0, 1).map((path) => dirname(resolve(path)));
  const result = await compile(sources, {
    files: createNodeFiles({
      bindPaths: [...(options.bindPaths ?? []), ...firstFolder],
      includePaths: options.includePaths ?? [],
    }),
    variables: new Map(Object.entries(options.variables ?? {})),
    environment: new Map(environment),
    architecture: options.arch ?? 'x86',
    currentDir: process.cwd() + sep,
    sourceDateEpoch: options.sourceDateEpoch,
    localizations,
    cultures: options.cultures ?? [],
    application: APPLICATION,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!result.ok) return result;
  const written = await writeOutputs(result, resolve(options.output), signal);
  const { productCode, packageCode, diagnostics } = result;
  return {
    ok: true,
    productCode,
    packageCode,
    diagnostics,
    payloadFiles: result.payloadFiles.map((path) => resolve(path)),
    ...written,
  };
}

/** Writes everything under temporary names first; the renames at the end take no time worth speaking of. */
async function writeOutputs(
  bound: Bound,
  output: string,
  signal: AbortSignal | undefined,
): Promise<{ outputs: string[]; sizeBytes: number }> {
  const folder = dirname(output);
  await mkdir(folder, { recursive: true });
  const mark = `${process.pid}-${randomUUID()}.tmp`;
  const pending = new Map<string, string>();
  const temporary = (path: string) => {
    const name = `${path}.${mark}`;
    pending.set(path, name);
    return name;
  };
  try {
    await using spools = new AsyncDisposableStack();
    const streams = new Map<string, ByteSource>();
    for (const plan of bound.cabinets) {
      if (plan.embedded) {
        const spool = spools.use(await openSpool(`${output}.cab-${streams.size}.${mark}`));
        streams.set(plan.name, spool.source(await writePlan(plan, spool, signal)));
      } else await writeExternalCabinet(plan, temporary(join(folder, plan.name)), signal);
    }
    const source = encodeMsi({ ...bound.database, streams });
    await writeSource(source, temporary(output), signal);
    for (const { path, file } of bound.looseFiles) {
      signal?.throwIfAborted();
      const target = join(folder, ...path.split('\\'));
      if (target === file.payload.path) continue;
      await mkdir(dirname(target), { recursive: true });
      await copyFile(file.payload.path, temporary(target));
    }
    signal?.throwIfAborted();
    for (const [path, name] of pending) await rename(name, path);
    return { outputs: [output, ...[...pending.keys()].filter((path) => path !== output)], sizeBytes: source.sizeBytes };
  } catch (error) {
    await Promise.all([...pending.values()].map((name) => rm(name, { force: true })));
    throw explainWriteError(error, output);
  }
}

async function writePlan(
  plan: CabinetPlan,
  sink: Parameters<typeof writeCabinet>[1],
  signal: AbortSignal | undefined,
): Promise<number> {
  const { compression, level, members } = plan;
  const { sizeBytes } = await writeCabinet(members, sink, {
    compression,
    ...(level === undefined ? {} : { level }),
    onProgress: () => signal?.throwIfAborted(),
  });
  return sizeBytes;
}

async function writeExternalCabinet(plan: CabinetPlan, path: string, signal: AbortSignal | undefined): Promise<void> {
  await using spool = await openSpool(`${path}.spool`);
  const sizeBytes = await writePlan(plan, spool, signal);
  await writeSource(spool.source(sizeBytes), path, signal);
}

async function writeSource(source: ByteSource, path: string, signal: AbortSignal | undefined): Promise<void> {
  const handle = await open(path, 'w');
  try {
    for await (const chunk of source.chunks()) {
      signal?.throwIfAborted();
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
}
