/** The compiler's file resolver over a real file system. Accepts `\` as separator on every system. */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { FileResolver, PayloadFile, SourceText } from '../wix/index.ts';
import { readUiLibrary } from './ui-library.ts';

const CHUNK = 1024 * 1024;

export interface NodeFilesOptions {
  /** Folders in which relative payload paths are looked for, in order; `name=folder` serves `!(bindpath.name)`. */
  readonly bindPaths: readonly string[];
  /** Folders in which included files are looked for after the including file's own. */
  readonly includePaths: readonly string[];
}

/** A resolver that finds only regular files. */
export function createNodeFiles({ bindPaths, includePaths }: NodeFilesOptions): FileResolver {
  const paths = bindPaths.map(splitBindPath);
  const unnamed = paths.filter(({ name }) => name === undefined).map(({ folder }) => folder);
  return {
    async resolvePayload(path) {
      const [, name, rest] = NAMED.exec(path) ?? [];
      const named = paths.filter((candidate) => candidate.name === name).map(({ folder }) => folder);
      const found =
        name === undefined || rest === undefined
          ? await findFile(path.replace(/^SourceDir[\\/]/, ''), unnamed)
          : await findFile(rest.replace(/^[\\/]+/, ''), named);
      return found === undefined ? undefined : openPayload(found);
    },
    async resolveInclude(path, fromFile) {
      const found = await findFile(path, [dirname(fromFile), ...includePaths]);
      return found === undefined ? undefined : readSource(found);
    },
    resolveUi: readUiLibrary,
  };
}

/** `!(bindpath.name)rest`, with or without a separator between. */
const NAMED = /^!\(bindpath\.([\w.]+)\)(.*)$/;

function splitBindPath(text: string): { readonly name: string | undefined; readonly folder: string } {
  const [, name, folder] = /^([A-Za-z_][\w.]*)=(.*)$/.exec(text) ?? [];
  return name === undefined || folder === undefined ? { name: undefined, folder: text } : { name, folder };
}

export async function readSource(path: string): Promise<SourceText> {
  return { file: path, text: await readFile(path, 'utf8') };
}

/** A payload over a file of the given size now; its bytes are read only when asked for. */
export async function openPayload(path: string): Promise<PayloadFile> {
  const { size } = await stat(path);
  return {
    path,
    sizeBytes: size,
    async *chunks() {
      const handle = await open(path);
      try {
        yield* readChunks(handle, size);
      } finally {
        await handle.close();
      }
    },
    async readAt(offset, length) {
      const handle = await open(path);
      try {
        return await readExactly(handle, offset, Math.max(0, Math.min(length, size - offset)));
      } finally {
        await handle.close();
      }
    },
  };
}

/** Two buffers take turns, as the contract of a source allows: one is read into while the other is being used. */
async function* readChunks(handle: FileHandle, size: number): AsyncIterable<Uint8Array> {
  const buffers = [new Uint8Array(Math.min(CHUNK, size)), new Uint8Array(Math.min(CHUNK, size))] as const;
  const readAt = (index: number) => {
    const buffer = index % 2 === 0 ? buffers[0] : buffers[1];
    return fill(buffer.subarray(0, Math.max(0, size - index * CHUNK)), handle, index * CHUNK);
  };
  let next = readAt(0);
  try {
    for (let index = 1; ; index++) {
      const chunk = await next;
      next = readAt(index);
      next.catch(() => undefined); // Heard when it is awaited; until then a failure must not end the process.
      if (chunk.byteLength === 0) return;
      yield chunk;
    }
  } finally {
    // The caller closes the file: not below a read that still runs. Who stopped does not care how it ended.
    await next.catch(() => undefined);
  }
}

function readExactly(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  return fill(new Uint8Array(length), handle, offset);
}

/** The part of `bytes` that the file could fill. */
async function fill(bytes: Uint8Array, handle: FileHandle, offset: number): Promise<Uint8Array> {
  const length = bytes.byteLength;
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

/** The first regular file; an absolute path (on any system) is taken as it is. */
async function findFile(path: string, folders: readonly string[]): Promise<string | undefined> {
  const native = process.platform === 'win32' ? path : path.replaceAll('\\', '/');
  const candidates = isAbsolute(native) ? [native] : folders.map((folder) => resolve(folder, native));
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile()) return candidate;
  }
  return undefined;
}
