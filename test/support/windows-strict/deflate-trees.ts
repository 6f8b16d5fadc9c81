/**
 * Walks a raw deflate stream (RFC 1951) only to look at its Huffman trees: Windows' cabinet decoder refuses trees that
 * leave codes unused, which zlib accepts for distances (error 1335). The bytes themselves are zlib's business.
 */
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED_LITERALS = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));

export function checkHuffmanTrees(stream: Uint8Array): string[] {
  const violations: string[] = [];
  const bits = new BitReader(stream);
  for (let isFinal = false; !isFinal; ) {
    isFinal = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 0) {
      bits.skipStored();
      continue;
    }
    const lengths = type === 1 ? { literals: FIXED_LITERALS, distances: new Array(30).fill(5) } : readLengths(bits);
    if (type === 2 && !isComplete(lengths.literals)) violations.push('has an incomplete literal tree');
    if (type === 2 && !isComplete(lengths.distances)) violations.push('has an incomplete distance tree');
    skipSymbols(bits, new Decoder(lengths.literals), new Decoder(lengths.distances));
  }
  return violations;
}

/** Kraft's sum is 1; a tree without any code (a block without matches) is fine. */
function isComplete(lengths: readonly number[]): boolean {
  const used = lengths.filter((length) => length > 0);
  return used.length === 0 || used.reduce((sum, length) => sum + 2 ** (15 - length), 0) === 2 ** 15;
}

function readLengths(bits: BitReader): { literals: number[]; distances: number[] } {
  const literalCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const codeLengths = new Array<number>(19).fill(0);
  const codeCount = bits.take(4) + 4;
  for (const symbol of ORDER.slice(0, codeCount)) codeLengths[symbol] = bits.take(3);
  const decoder = new Decoder(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const symbol = decoder.next(bits);
    if (symbol < 16) lengths.push(symbol);
    else {
      const value = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
      const count = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      for (let index = 0; index < count; index++) lengths.push(value);
    }
  }
  return { literals: lengths.slice(0, literalCount), distances: lengths.slice(literalCount) };
}

function skipSymbols(bits: BitReader, literals: Decoder, distances: Decoder): void {
  for (;;) {
    const symbol = literals.next(bits);
    if (symbol === 256) return;
    if (symbol > 256) {
      bits.take(LENGTH_EXTRA[symbol - 257] ?? 0);
      const distance = distances.next(bits);
      bits.take(distance < 4 ? 0 : (distance >> 1) - 1);
    }
  }
}

/** Canonical codes by direct lookup of as many bits as the longest code has. */
class Decoder {
  readonly #table: Uint16Array;
  readonly #width: number;

  constructor(lengths: readonly number[]) {
    this.#width = Math.max(1, ...lengths);
    this.#table = new Uint16Array(1 << this.#width);
    let code = 0;
    for (let length = 1; length <= this.#width; length++) {
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== length) continue;
        const entry = (symbol << 4) | length;
        for (let at = reverse(code, length); at < this.#table.length; at += 1 << length) this.#table[at] = entry;
        code++;
      }
      code <<= 1;
    }
  }

  next(bits: BitReader): number {
    const entry = this.#table[bits.peek(this.#width)] ?? 0;
    if (entry === 0) throw new Error('unused code');
    bits.take(entry & 15);
    return entry >> 4;
  }
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}

class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #buffer = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  peek(count: number): number {
    while (this.#count < count) {
      this.#buffer |= (this.#bytes[this.#at++] ?? 0) << this.#count;
      this.#count += 8;
    }
    return this.#buffer & ((1 << count) - 1);
  }

  take(count: number): number {
    const value = this.peek(count);
    this.#buffer >>>= count;
    this.#count -= count;
    return value;
  }

  skipStored(): void {
    this.take(this.#count & 7);
    const size = this.take(16);
    this.take(16);
    this.#at += size - (this.#count >> 3);
    this.#buffer = 0;
    this.#count = 0;
  }
}
