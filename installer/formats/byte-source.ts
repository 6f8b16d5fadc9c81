/**
 * Bytes that are too many to hold at once: payload files, cabinets, streams of a compound file.
 * Pure contract; `installer/tools/` implements it over files.
 */
export interface ByteSource {
  /** Exact number of bytes that `chunks` yields. */
  readonly sizeBytes: number;
  /**
   * The bytes in order, in pieces of any size above zero. May be called more than once; each call starts anew.
   * A piece is valid until the next one is asked for: a source may reuse its buffer.
   */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A `ByteSource` over bytes in memory. The array must not change afterwards. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.byteLength,
    async *chunks() {
      if (bytes.byteLength > 0) yield bytes;
    },
  };
}

/**
 * All bytes of `source` in one array. For small sources only: it holds everything in memory. Takes no more memory than
 * the bytes that really come, whatever size a damaged file announces.
 */
export async function readAll(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks()) chunks.push(new Uint8Array(chunk));
  const out = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return out;
}

/** Where a writer puts bytes when earlier ones are known only later (a cabinet's header). Offsets are absolute. */
export interface RandomAccessSink {
  writeAt(offset: number, bytes: Uint8Array): Promise<void>;
}

/** Bytes that can be read at any place, such as an open file. Offsets are absolute. */
export interface RandomAccessReader {
  readonly sizeBytes: number;
  /** Exactly `length` bytes, or fewer where the data ends. The result may be a view: treat it as read-only. */
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

/** What the format readers return for a stream: lazily readable both in order and at any place. */
export interface RandomAccessSource extends ByteSource, RandomAccessReader {}

/** Whether `source` can also be read at any place (every source that a format reader made can). */
export function isRandomAccess(source: ByteSource): source is RandomAccessSource {
  return 'readAt' in source && typeof source.readAt === 'function';
}

/** A `RandomAccessSource` over bytes in memory. The array must not change afterwards. */
export function bytesReader(bytes: Uint8Array): RandomAccessSource {
  return { ...bytesSource(bytes), readAt: async (offset, length) => bytes.subarray(offset, offset + length) };
}
