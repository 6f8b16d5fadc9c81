/** The compiler's file resolver over a real file system. Accepts `\` as separator on every system. */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { FileResolver, PayloadFile, SourceText } from '../wix/index.ts';

const CHUNK = 1024 * 1024;

export interface NodeFilesOptions {
  /** Folders in which relative payload paths are looked for, in order. */
  readonly bindPaths: readonly string[];
  /** Folders in which included files are looked for after the including file's own. */
  readonly includePaths: readonly string[];
}

/** A resolver that finds only regular files. */
export function createNodeFiles({ bindPaths, includePaths }: NodeFilesOptions): FileResolver {
  return {
    async resolvePayload(path) {
      const found = await findFile(path, bindPaths);
      return found === undefined ? undefined : openPayload(found);
    },
    async resolveInclude(path, fromFile) {
      const found = await findFile(path, [dirname(fromFile), ...includePaths]);
      return found === undefined ? undefined : readSource(found);
    },
  };
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

async function* readChunks(handle: FileHandle, size: number): AsyncIterable<Uint8Array> {
  for (let offset = 0; offset < size; ) {
    const chunk = await readExactly(handle, offset, Math.min(CHUNK, size - offset));
    if (chunk.byteLength === 0) return;
    offset += chunk.byteLength;
    yield chunk;
  }
}

async function readExactly(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
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
