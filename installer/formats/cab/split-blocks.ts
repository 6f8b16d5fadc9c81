import { BLOCK_SIZE, cabError } from './constants.ts';
import type { CabinetMember } from './model.ts';

/**
 * The bytes of all members of a folder one after another, cut into blocks of 32,768 bytes; only the last is shorter.
 * Each block is an array of its own, safe to keep. Throws `FormatError` (`invalid-input`) when a member yields another
 * number of bytes than it promised.
 */
export async function* splitBlocks(members: readonly CabinetMember[]): AsyncGenerator<Uint8Array> {
  let block = new Uint8Array(BLOCK_SIZE);
  let filled = 0;
  for (const member of members) {
    let size = 0;
    for await (const chunk of member.source.chunks()) {
      size += chunk.byteLength;
      if (size > member.source.sizeBytes) break;
      for (let at = 0; at < chunk.byteLength; ) {
        const part = chunk.subarray(at, at + BLOCK_SIZE - filled);
        block.set(part, filled);
        filled += part.byteLength;
        at += part.byteLength;
        if (filled === BLOCK_SIZE) {
          yield block;
          block = new Uint8Array(BLOCK_SIZE);
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
  if (filled > 0) yield block.subarray(0, filled);
}
