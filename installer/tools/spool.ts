/** A temporary file that a cabinet is written to and then read from, and that is gone afterwards. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { ByteSource, RandomAccessSink } from '../formats/byte-source.ts';

export interface Spool extends RandomAccessSink, AsyncDisposable {
  /** What has been written, once it is complete: exactly `sizeBytes`. */
  source(sizeBytes: number): ByteSource;
}

const CHUNK = 1024 * 1024;

/** Creates `path`, which must not exist. Disposing closes and removes it. */
export async function openSpool(path: string): Promise<Spool> {
  const handle = await open(path, 'wx+');
  return {
    async writeAt(offset, bytes) {
      let done = 0;
      while (done < bytes.byteLength) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, offset + done);
        done += bytesWritten;
      }
    },
    source: (sizeBytes) => ({ sizeBytes, chunks: () => readBack(handle, sizeBytes) }),
    async [Symbol.asyncDispose]() {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}

async function* readBack(handle: FileHandle, size: number): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(Math.min(CHUNK, size));
  for (let offset = 0; offset < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, size - offset), offset);
    if (bytesRead === 0) return;
    offset += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
