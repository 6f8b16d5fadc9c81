import { stat } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import type { RandomAccessSource } from '../formats/byte-source.ts';
import { openPayload } from './node-files.ts';

/** A file that the user named, to be read. Throws `ToolError` when it is not there or not a file. */
export async function openInput(path: string): Promise<RandomAccessSource> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'an error');
  if (typeof found !== 'string' && found.isFile()) return withWindow(await openPayload(path));
  const what = typeof found === 'string' ? found : 'something else';
  throw new ToolError('file-missing', `Cannot read "${path}": found ${what}, wanted a file`, {
    cure: 'Check the path.',
  });
}

/** Format readers ask for many small pieces, mostly one after another: whole windows of the file serve them. */
const WINDOW = 256 * 1024;

function withWindow(source: RandomAccessSource): RandomAccessSource {
  let window = { offset: 0, bytes: new Uint8Array(0) as Uint8Array };
  return {
    ...source,
    async readAt(offset, length) {
      if (length > WINDOW) return source.readAt(offset, length);
      const end = Math.min(offset + length, source.sizeBytes);
      if (offset < window.offset || end > window.offset + window.bytes.byteLength) {
        window = { offset, bytes: await source.readAt(offset, WINDOW) };
        return window.bytes.subarray(0, length);
      }
      return window.bytes.subarray(offset - window.offset, end - window.offset);
    },
  };
}
