/**
 * Checksum of one data block ([MS-CAB] 3.1): an XOR of little-endian words over the data, a tail of one to three bytes
 * packed big-endian, then the word of both sizes. It notices a flipped bit, never two swapped words.
 */
export function blockChecksum(data: Uint8Array, uncompressedSize: number): number {
  return (xorWords(data) ^ ((uncompressedSize << 16) | data.byteLength)) >>> 0;
}

/** The same for a block whose header carries reserve bytes, which are part of the second pass. */
export function reservedBlockChecksum(data: Uint8Array, uncompressedSize: number, reserve: Uint8Array): number {
  return (blockChecksum(data, uncompressedSize) ^ xorWords(reserve)) >>> 0;
}

function xorWords(data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const wholeWords = data.byteLength & ~3;
  let sum = 0;
  for (let at = 0; at < wholeWords; at += 4) sum ^= view.getUint32(at, true);
  let tail = 0;
  for (let at = wholeWords; at < data.byteLength; at++) tail = (tail << 8) | (data[at] ?? 0);
  return sum ^ tail;
}
