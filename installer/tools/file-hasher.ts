/** SHA-256 of files, remembered by size and modification time, so that a 93 MB runtime is read once and not per run. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { writeFileAtomically } from './atomic-write.ts';

interface Remembered {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
}

export class FileHasher {
  readonly #memoFile: string | undefined;
  readonly #known: Map<string, Remembered>;
  #changed = false;

  private constructor(memoFile: string | undefined, known: Map<string, Remembered>) {
    this.#memoFile = memoFile;
    this.#known = known;
  }

  /** A hasher that remembers in `memoFile`; without one it remembers for this run only. An unreadable memo is dropped. */
  static async open(memoFile?: string): Promise<FileHasher> {
    const text = memoFile === undefined ? undefined : await readFile(memoFile, 'utf8').catch(() => undefined);
    return new FileHasher(memoFile, new Map(Object.entries(parseMemo(text))));
  }

  /** Lower-case hex SHA-256 of the file. Throws the file system's error when it cannot be read. */
  async sha256(path: string): Promise<string> {
    const { size, mtimeMs } = await stat(path);
    const known = this.#known.get(path);
    if (known !== undefined && known.sizeBytes === size && known.modifiedMs === mtimeMs) return known.sha256;
    const sha256 = await hashFile(path);
    this.#known.set(path, { sizeBytes: size, modifiedMs: mtimeMs, sha256 });
    this.#changed = true;
    return sha256;
  }

  /** Keeps what was learned for the next run. */
  async save(): Promise<void> {
    if (this.#memoFile === undefined || !this.#changed) return;
    await writeFileAtomically(this.#memoFile, JSON.stringify(Object.fromEntries(this.#known)));
    this.#changed = false;
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function parseMemo(text: string | undefined): Record<string, Remembered> {
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Record<string, Remembered>;
  } catch {
    return {};
  }
}
