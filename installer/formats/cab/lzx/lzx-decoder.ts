import { BLOCK_SIZE } from '../constants.ts';
import { DamagedBlock } from '../damaged-block.ts';
import { BitReader } from './bit-reader.ts';
import { CodeTree } from './code-tree.ts';
import { readLengths } from './read-lengths.ts';
import { translateCalls } from './translate-calls.ts';

const MIN_WINDOW_BITS = 15;
const MAX_WINDOW_BITS = 21;
/** Distance slots by window size ([MS-PATCH] 2.1.3). */
const SLOT_COUNTS = [30, 32, 34, 36, 38, 42, 50];
const LITERALS = 256;
const LENGTH_TREE_SIZE = 249;
const ALIGNED_TREE_SIZE = 8;
const MIN_MATCH = 2;
/** Lengths from here on have a code of the length tree. */
const LONG_LENGTH = 7;
const VERBATIM = 1;
const ALIGNED = 2;
const UNCOMPRESSED = 3;
const MAX_EXTRA_BITS = 17;

const EXTRA_BITS = Uint8Array.from({ length: 50 }, (_, slot) => Math.min(Math.max((slot >> 1) - 1, 0), MAX_EXTRA_BITS));
const SLOT_BASES = Uint32Array.from({ length: 50 }, (_, slot) =>
  EXTRA_BITS.subarray(0, slot).reduce((base, bits) => base + 2 ** bits, 0),
);

/**
 * Decodes the LZX data of one cabinet folder, frame by frame ([MS-PATCH] 2; [MS-CAB] calls a frame a block). Everything
 * but the alignment of the bits goes on from one frame to the next: window, trees, repeated distances, an open block.
 */
export class LzxDecoder {
  readonly #window: Uint8Array;
  readonly #mainLengths: Uint8Array;
  readonly #lengthLengths = new Uint8Array(LENGTH_TREE_SIZE);
  #mainTree: CodeTree | undefined;
  #lengthTree: CodeTree | undefined;
  #alignedTree: CodeTree | undefined;
  #recent: [number, number, number] = [1, 1, 1];
  #blockType = 0;
  /** Bytes that the current block still has to give. */
  #blockLeft = 0;
  /** Whether the last uncompressed block has an odd size, so that a byte follows it. */
  #hasPadding = false;
  #position = 0;
  /** Undefined until the first frame was begun; 0 without translation of calls. */
  #imageSize: number | undefined;

  /** Throws `DamagedBlock` for a window that LZX does not have in cabinets. */
  constructor(windowBits: number) {
    if (windowBits < MIN_WINDOW_BITS || windowBits > MAX_WINDOW_BITS) {
      const wanted = `wanted ${MIN_WINDOW_BITS} to ${MAX_WINDOW_BITS}`;
      throw new DamagedBlock(`its window has ${windowBits} bits, ${wanted}`);
    }
    this.#window = new Uint8Array(2 ** windowBits);
    this.#mainLengths = new Uint8Array(LITERALS + 8 * (SLOT_COUNTS[windowBits - MIN_WINDOW_BITS] ?? 0));
  }

  /** The next frame, `size` bytes in an array of its own. Throws `DamagedBlock`. */
  decode(data: Uint8Array, size: number): Uint8Array {
    const bits = new BitReader(data);
    const start = this.#position;
    const end = start + size;
    // Frames of full size never reach over the end of the window: both are powers of two.
    if (start % BLOCK_SIZE !== 0) throw new DamagedBlock('a frame before the last is short');
    this.#imageSize ??= bits.take(1) === 1 ? bits.take(16) * 0x10000 + bits.take(16) : 0;
    while (this.#position < end) {
      if (this.#blockLeft === 0) this.#readBlockHeader(bits);
      const count = Math.min(this.#blockLeft, end - this.#position);
      if (this.#blockType === UNCOMPRESSED) this.#copyRaw(bits, count);
      else this.#decodeMatches(bits, this.#position + count);
      this.#blockLeft -= count;
      if (bits.isOverrun) throw tooShort();
    }
    if (this.#blockLeft === 0) this.#skipPadding(bits);
    const frame = this.#output(start, size);
    if (this.#imageSize > 0) translateCalls(frame, { position: start, imageSize: this.#imageSize });
    return frame;
  }

  #readBlockHeader(bits: BitReader): void {
    this.#skipPadding(bits);
    this.#blockType = bits.take(3);
    this.#blockLeft = bits.take(16) * 0x100 + bits.take(8);
    switch (this.#blockType) {
      case ALIGNED:
        this.#alignedTree = new CodeTree(Uint8Array.from({ length: ALIGNED_TREE_SIZE }, () => bits.take(3)));
        this.#readTrees(bits);
        break;
      case VERBATIM:
        this.#alignedTree = undefined;
        this.#readTrees(bits);
        break;
      case UNCOMPRESSED:
        this.#beginUncompressed(bits);
        break;
      default:
        throw new DamagedBlock(`a block has type ${this.#blockType}, wanted 1 to 3`);
    }
    if (this.#blockLeft === 0) throw new DamagedBlock('a block is empty');
  }

  /** The byte is in the data of the next frame when that of this one has ended. */
  #skipPadding(bits: BitReader): void {
    if (this.#hasPadding && bits.takeRaw(1).byteLength === 1) this.#hasPadding = false;
  }

  #readTrees(bits: BitReader): void {
    readLengths(bits, this.#mainLengths, { from: 0, to: LITERALS });
    readLengths(bits, this.#mainLengths, { from: LITERALS, to: this.#mainLengths.length });
    this.#mainTree = new CodeTree(this.#mainLengths);
    readLengths(bits, this.#lengthLengths, { from: 0, to: LENGTH_TREE_SIZE });
    this.#lengthTree = new CodeTree(this.#lengthLengths);
  }

  #beginUncompressed(bits: BitReader): void {
    bits.beginRaw();
    const stored = bits.takeRaw(12);
    if (stored.byteLength < 12) throw tooShort();
    const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    this.#recent = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
    this.#hasPadding = this.#blockLeft % 2 === 1;
  }

  #copyRaw(bits: BitReader, count: number): void {
    const raw = bits.takeRaw(count);
    if (raw.byteLength < count) throw tooShort();
    this.#window.set(raw, this.#position % this.#window.byteLength);
    this.#position += count;
  }

  #decodeMatches(bits: BitReader, end: number): void {
    const [window, mask] = [this.#window, this.#window.byteLength - 1];
    const { mainTree, lengthTree } = this.#trees();
    let position = this.#position;
    while (position < end) {
      const symbol = mainTree.next(bits);
      if (symbol < LITERALS) {
        window[position++ & mask] = symbol;
        continue;
      }
      const header = (symbol - LITERALS) & 7;
      const length = MIN_MATCH + (header === LONG_LENGTH ? LONG_LENGTH + lengthTree.next(bits) : header);
      const distance = this.#readDistance(bits, (symbol - LITERALS) >> 3);
      if (position + length > end || distance > position || distance > window.byteLength || distance === 0) {
        const found = `a match of ${length} bytes at ${position} goes back ${distance}`;
        throw new DamagedBlock(`${found}, beyond its block or the data before`);
      }
      for (const matchEnd = position + length; position < matchEnd; position++) {
        window[position & mask] = window[(position - distance) & mask] ?? 0;
      }
    }
    this.#position = position;
  }

  #trees(): { mainTree: CodeTree; lengthTree: CodeTree } {
    if (this.#mainTree === undefined || this.#lengthTree === undefined) throw tooShort();
    return { mainTree: this.#mainTree, lengthTree: this.#lengthTree };
  }

  /** Slots 0 to 2 stand for the last three distances; the one used comes to the front. */
  #readDistance(bits: BitReader, slot: number): number {
    const [r0, r1, r2] = this.#recent;
    if (slot === 0) return r0;
    if (slot === 1) {
      this.#recent = [r1, r0, r2];
      return r1;
    }
    if (slot === 2) {
      this.#recent = [r2, r1, r0];
      return r2;
    }
    const distance = (SLOT_BASES[slot] ?? 0) + this.#readExtra(bits, EXTRA_BITS[slot] ?? 0) - 2;
    this.#recent = [distance, r0, r1];
    return distance;
  }

  /** In an aligned block the lowest three bits have a tree of their own. */
  #readExtra(bits: BitReader, count: number): number {
    if (this.#alignedTree === undefined || count < 3) return bits.take(count);
    const high = bits.take(count - 3) * 8;
    return high + this.#alignedTree.next(bits);
  }

  #output(start: number, size: number): Uint8Array {
    const at = start % this.#window.byteLength;
    return this.#window.slice(at, at + size);
  }
}

function tooShort(): Error {
  return new DamagedBlock('it ends before its block');
}
