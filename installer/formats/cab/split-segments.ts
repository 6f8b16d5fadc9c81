import { cabError, SEGMENT_SIZE } from './constants.ts';
import type { CabinetMember } from './model.ts';

/**
 * The bytes of all members of a folder one after another, cut into segments of 64 blocks; only the last is shorter.
 * Each segment is an array of its own, safe to keep. Throws `FormatError` (`invalid-input`) when a member yields another
 * number of bytes than it promised.
 */
export async function* splitSegments(members: readonly CabinetMember[]): AsyncGenerator<Uint8Array> {
  let left = members.reduce((size, { source }) => size + source.sizeBytes, 0);
  let segment = new Uint8Array(Math.min(SEGMENT_SIZE, left));
  let filled = 0;
  for (const member of members) {
    let size = 0;
    for await (const chunk of member.source.chunks()) {
      size += chunk.byteLength;
      if (size > member.source.sizeBytes) break;
      for (let at = 0; at < chunk.byteLength; ) {
        const part = chunk.subarray(at, at + segment.byteLength - filled);
        segment.set(part, filled);
        filled += part.byteLength;
        at += part.byteLength;
        if (filled === segment.byteLength) {
          yield segment;
          left -= filled;
          segment = new Uint8Array(Math.min(SEGMENT_SIZE, left));
          filled = 0;
        }
      }
    }
    if (size !== member.source.sizeBytes) {
      const found = `its source gave ${size > member.source.sizeBytes ? 'more' : `${size} bytes`}`;
      const wanted = `${member.source.sizeBytes} were promised; did the file change?`;
      throw cabError('invalid-input', `Cannot store member "${member.name}": ${found}, ${wanted}`);
    }
  }
}
