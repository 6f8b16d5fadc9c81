import { inflateRawSync } from 'node:zlib';
import {
  BLOCK_SIZE,
  COMPRESSION_LZX,
  COMPRESSION_MASK,
  COMPRESSION_MSZIP,
  COMPRESSION_NONE,
  COMPRESSION_QUANTUM,
} from './constants.ts';
import { DamagedBlock } from './damaged-block.ts';
import { LzxDecoder } from './lzx/lzx-decoder.ts';

/** Decodes the blocks of a folder, which build on each other, in order. */
export interface BlockDecoder {
  /** The content of the next block, in an array of its own, at most `BLOCK_SIZE` bytes. Throws `DamagedBlock`. */
  decode(data: Uint8Array, uncompressedSize: number): Uint8Array;
  /** Another decoder that goes on from here; undefined when its state is too large to keep a copy of. */
  fork(): BlockDecoder | undefined;
}

/** Throws `DamagedBlock` for a compression that is not known. */
export function createBlockDecoder(compression: number): BlockDecoder {
  const method = compression & COMPRESSION_MASK;
  if (method === COMPRESSION_NONE) return stored;
  if (method === COMPRESSION_MSZIP) return new MszipDecoder();
  if (method === COMPRESSION_LZX) {
    const lzx = new LzxDecoder((compression >> 8) & 31);
    return { decode: (data, size) => lzx.decode(data, size), fork: () => undefined };
  }
  const found = method === COMPRESSION_QUANTUM ? 'Quantum' : `method ${method}`;
  throw new DamagedBlock(`it is compressed with ${found}, wanted MSZIP, LZX or none`);
}

const stored: BlockDecoder = { decode: (data) => data, fork: () => stored };

class MszipDecoder implements BlockDecoder {
  /** The last 32 KiB, which the next block may point back into. */
  #history: Uint8Array;

  constructor(history: Uint8Array = new Uint8Array(0)) {
    this.#history = history;
  }

  decode(data: Uint8Array): Uint8Array {
    if (data[0] !== 0x43 || data[1] !== 0x4b) {
      throw new DamagedBlock('it does not begin with CK, so it is not MSZIP');
    }
    const bytes = inflate(data.subarray(2), this.#history);
    this.#history = lastBytes(this.#history, bytes);
    return bytes;
  }

  fork(): BlockDecoder {
    return new MszipDecoder(this.#history);
  }
}

function inflate(stream: Uint8Array, history: Uint8Array): Uint8Array {
  const dictionary = history.byteLength === 0 ? {} : { dictionary: history };
  try {
    return inflateRawSync(stream, { maxOutputLength: BLOCK_SIZE, ...dictionary });
  } catch (error) {
    throw new DamagedBlock('its deflate stream is damaged', { cause: error });
  }
}

/** The last 32 KiB of `history` and `block` together. */
function lastBytes(history: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.byteLength >= BLOCK_SIZE) return block;
  const kept = history.subarray(Math.max(0, history.byteLength + block.byteLength - BLOCK_SIZE));
  const joined = new Uint8Array(kept.byteLength + block.byteLength);
  joined.set(kept);
  joined.set(block, kept.byteLength);
  return joined;
}
