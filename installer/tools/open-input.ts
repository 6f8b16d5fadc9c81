import { stat } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import type { RandomAccessSource } from '../formats/byte-source.ts';
import { openPayload } from './node-files.ts';

/** A file that the user named, to be read. Throws `ToolError` when it is not there or not a file. */
export async function openInput(path: string): Promise<RandomAccessSource> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'an error');
  if (typeof found !== 'string' && found.isFile()) return openPayload(path);
  const what = typeof found === 'string' ? found : 'something else';
  throw new ToolError('file-missing', `Cannot read "${path}": found ${what}, wanted a file`, {
    cure: 'Check the path.',
  });
}
