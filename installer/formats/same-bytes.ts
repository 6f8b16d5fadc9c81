import type { ByteSource } from './byte-source.ts';

/** Whether two sources give the same bytes. Reads both at once, and only if their sizes agree. */
export async function sameBytes(left: ByteSource, right: ByteSource): Promise<boolean> {
  if (left === right) return true;
  if (left.sizeBytes !== right.sizeBytes) return false;
  const chunks = right.chunks()[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  try {
    for await (const chunk of left.chunks()) {
      for (let at = 0; at < chunk.byteLength; ) {
        if (rest.byteLength === 0) {
          const next = await chunks.next();
          if (next.done === true) return false;
          rest = next.value;
        }
        const count = Math.min(rest.byteLength, chunk.byteLength - at);
        if (Buffer.compare(chunk.subarray(at, at + count), rest.subarray(0, count)) !== 0) return false;
        rest = rest.subarray(count);
        at += count;
      }
    }
    return rest.byteLength === 0 && (await chunks.next()).done === true;
  } finally {
    await chunks.return?.();
  }
}
