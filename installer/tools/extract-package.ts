/** Takes the files out of an MSI: from its embedded cabinets, external ones beside it, or the source image beside it. */
import { lstat, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ToolError } from '../errors.ts';
import type { ByteSource, RandomAccessReader } from '../formats/byte-source.ts';
import { readCabinet } from '../formats/cab/index.ts';
import { FormatError } from '../formats/format-error.ts';
import { decodeMsi, type MsiContent } from '../formats/msi/index.ts';
import { type InstalledFile, installedFiles, rowsOf } from './install-paths.ts';
import { openInput } from './open-input.ts';

export interface ExtractOptions {
  readonly directory: string;
  /** Replace files that are there already. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/** Bits of File.Attributes and of the summary's word count that say where a file's bytes are. */
const NONCOMPRESSED = 0x2000;
const COMPRESSED = 0x4000;
const PACKAGE_COMPRESSED = 2;

/**
 * Yields the path of each file once it is written. Nothing is written outside `directory`, whatever the MSI says and
 * whatever links lie there. Throws `ToolError` before the first file is written when one is in the way.
 */
export async function* extractPackage(path: string, options: ExtractOptions): AsyncIterable<string> {
  const content = await decodeMsi(await openInput(path));
  const files = installedFiles(content);
  const root = resolve(options.directory);
  const targets = new Map(files.map((file) => [file.id, join(root, ...file.target)]));
  if (!options.force) await refuseExisting([...targets.values()]);
  await mkdir(root, { recursive: true });
  const made = new Set([root]);
  for await (const { file, source } of contents(files, content, dirname(resolve(path)))) {
    options.signal.throwIfAborted();
    const target = targets.get(file.id) ?? '';
    await makeFolders(root, dirname(target), made);
    await writeFile(target, source, options);
    yield target;
  }
}

async function refuseExisting(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if ((await stat(path).catch(() => undefined)) === undefined) continue;
    throw new ToolError('file-invalid', `Cannot extract to "${path}": a file is there already`, {
      cure: 'Choose another folder with -C, or pass --force to replace it.',
    });
  }
}

interface FileContent {
  readonly file: InstalledFile;
  readonly source: ByteSource;
}

/** The files medium by medium, each cabinet read once in its own order. */
async function* contents(
  files: readonly InstalledFile[],
  content: MsiContent,
  folder: string,
): AsyncIterable<FileContent> {
  const media = rowsOf(content, 'Media')
    .map((row) => ({ last: Number(row.LastSequence), cabinet: typeof row.Cabinet === 'string' ? row.Cabinet : null }))
    .sort((left, right) => left.last - right.last);
  let first = 0;
  for (const { last, cabinet } of media) {
    const own = files.filter(({ sequence }) => sequence > first && sequence <= last);
    const packed = own.filter((file) => isPacked(file, content));
    for (const file of own.filter((candidate) => !packed.includes(candidate))) {
      yield { file, source: await openInput(join(folder, ...file.source)) };
    }
    if (packed.length > 0) yield* cabinetContents(packed, await openCabinet(cabinet, content, folder));
    first = Math.max(first, last);
  }
}

function isPacked(file: InstalledFile, { summary }: MsiContent): boolean {
  if ((file.attributes & (NONCOMPRESSED | COMPRESSED)) !== 0) return (file.attributes & COMPRESSED) !== 0;
  return ((summary.wordCount ?? 0) & PACKAGE_COMPRESSED) !== 0;
}

async function openCabinet(cabinet: string | null, content: MsiContent, folder: string): Promise<RandomAccessReader> {
  if (cabinet?.startsWith('#') === false && !/[\\/:]/.test(cabinet)) return openInput(join(folder, cabinet));
  const stream = content.streams.get(cabinet?.slice(1) ?? '');
  if (stream !== undefined) return stream;
  throw new FormatError('msi', 'not-found', `Cannot find cabinet "${cabinet ?? ''}": the MSI has no such stream`);
}

async function* cabinetContents(
  files: readonly InstalledFile[],
  reader: RandomAccessReader,
): AsyncIterable<FileContent> {
  const wanted = new Map(files.map((file) => [file.id, file]));
  for (const { name, source } of (await readCabinet(reader)).members) {
    const file = wanted.get(name);
    if (file === undefined) continue;
    wanted.delete(name);
    yield { file, source };
  }
  const [missing] = wanted.keys();
  if (missing !== undefined)
    throw new FormatError('cab', 'not-found', `Cannot extract "${missing}": its cabinet does not hold it`);
}

async function writeFile(target: string, source: ByteSource, options: ExtractOptions): Promise<void> {
  // Removing first makes `wx` sure that the bytes go into a new file here and not through a link somewhere else.
  if (options.force) await rm(target, { force: true });
  const handle = await open(target, 'wx');
  try {
    for await (const chunk of source.chunks()) {
      options.signal.throwIfAborted();
      await handle.writeFile(chunk);
    }
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Makes the folders from `root` down to `folder` one by one, so that no link on the way is followed; notes them in `made`. */
async function makeFolders(root: string, folder: string, made: Set<string>): Promise<void> {
  if (made.has(folder)) return;
  let path = root;
  for (const name of relative(root, folder).split(sep)) {
    path = join(path, name);
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) await mkdir(path);
    else if (!found.isDirectory()) {
      throw new ToolError(
        'file-invalid',
        `Cannot extract to "${path}": a file or a link stands where a folder should be`,
        {
          cure: 'Remove it, or choose another folder with -C.',
        },
      );
    }
  }
  made.add(folder);
}
