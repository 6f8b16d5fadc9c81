/**
 * Writes LZX cabinets ([MS-PATCH] 2, [MS-CAB] 2) for tests: every block type, repeated distances, trees that build on each
 * other, blocks across frames. Compresses badly; what it writes is checked by foreign readers before ours is.
 */
import { blockChecksum } from '../../installer/formats/cab/checksum.ts';

const FRAME = 32_768;
const SLOT_COUNTS = [30, 32, 34, 36, 38, 42, 50];
const EXTRA = Array.from({ length: 50 }, (_, slot) => Math.min(Math.max((slot >> 1) - 1, 0), 17));
const BASES = EXTRA.map((_, slot) => EXTRA.slice(0, slot).reduce((base, bits) => base + 2 ** bits, 0));
const PRE_LENGTHS = Array.from({ length: 20 }, (_, symbol) => (symbol < 12 ? 4 : 5));

export interface LzxOptions {
  readonly windowBits: number;
  /** Type (1 verbatim, 2 aligned, 3 uncompressed) and size of the blocks, over and over. */
  readonly blocks: readonly (readonly [type: number, size: number])[];
  /** Above 0: says that calls were translated, for an image of this size. The data are taken as translated. */
  readonly imageSize?: number;
}

/** A cabinet with the one member `data`. */
export function lzxCabinet(data: Uint8Array, options: LzxOptions): Buffer {
  const frames = new LzxEncoder(data, options).encode();
  const header = Buffer.alloc(36 + 8 + 16 + 5);
  header.write('MSCF', 'latin1');
  header.writeUInt32LE(36 + 8, 16);
  header.set([3, 1, 1, 0, 1, 0], 24);
  header.writeUInt32LE(header.byteLength, 36);
  header.writeUInt16LE(frames.length, 40);
  header.writeUInt16LE(3 | (options.windowBits << 8), 42);
  header.writeUInt32LE(data.byteLength, 44);
  header.writeUInt16LE(0x5821, 54);
  header.write('data\0', 60, 'latin1');
  const records = frames.map((bytes, index) => {
    const size = Math.min(FRAME, data.byteLength - index * FRAME);
    const record = Buffer.alloc(8);
    record.writeUInt32LE(blockChecksum(bytes, size), 0);
    record.writeUInt16LE(bytes.byteLength, 4);
    record.writeUInt16LE(size, 6);
    return Buffer.concat([record, bytes]);
  });
  const cabinet = Buffer.concat([header, ...records]);
  cabinet.writeUInt32LE(cabinet.byteLength, 8);
  return cabinet;
}

type Token = { readonly literal: number } | { readonly length: number; readonly slot: number; readonly extra: number };

class LzxEncoder {
  readonly #data: Uint8Array;
  readonly #options: LzxOptions;
  readonly #frames: Buffer[] = [];
  readonly #lastSeen = new Map<number, number>();
  #bytes: number[] = [];
  #bits = 0;
  #bitCount = 0;
  #recent = [1, 1, 1];
  #position = 0;
  readonly #mainLengths: number[];
  readonly #lengthLengths: number[] = new Array(249).fill(0);

  constructor(data: Uint8Array, options: LzxOptions) {
    this.#data = data;
    this.#options = options;
    this.#mainLengths = new Array(256 + 8 * (SLOT_COUNTS[options.windowBits - 15] ?? 0)).fill(0);
  }

  encode(): readonly Buffer[] {
    const { imageSize = 0, blocks } = this.#options;
    this.#put(imageSize > 0 ? 1 : 0, 1);
    if (imageSize > 0) this.#putAll([imageSize >>> 16, 16], [imageSize & 0xffff, 16]);
    for (let index = 0; this.#position < this.#data.byteLength; index++) {
      const [type, wanted] = blocks[index % blocks.length] ?? [3, FRAME];
      const size = Math.min(wanted, this.#data.byteLength - this.#position);
      this.#putAll([type, 3], [size >> 8, 16], [size & 0xff, 8]);
      if (type === 3) this.#uncompressed(size);
      else this.#compressed(size, type === 2);
    }
    if (this.#data.byteLength % FRAME !== 0) this.#endFrame();
    return this.#frames;
  }

  #uncompressed(size: number): void {
    if (this.#bitCount === 0) this.#put(0, 16);
    else this.#align();
    const recent = Buffer.alloc(12);
    for (const [index, distance] of this.#recent.entries()) recent.writeUInt32LE(distance, index * 4);
    this.#bytes.push(...recent);
    for (const end = this.#position + size; this.#position < end; ) {
      this.#bytes.push(this.#data[this.#position++] ?? 0);
      // The padding of a block that ends with its frame still belongs to the frame.
      if (this.#position === end && size % 2 === 1) this.#bytes.push(0);
      if (this.#position % FRAME === 0) this.#endFrame();
    }
  }

  #compressed(size: number, isAligned: boolean): void {
    const tokens = this.#tokenize(size);
    const aligned = isAligned ? completeLengths(count(8, tokens.flatMap(alignedSymbol)), 7) : undefined;
    const main = completeLengths(count(this.#mainLengths.length, tokens.map(mainSymbol)), 16);
    const lengths = completeLengths(count(249, tokens.flatMap(lengthSymbol)), 16);
    for (const length of aligned ?? []) this.#put(length, 3);
    this.#lengths(this.#mainLengths, main, 0, 256);
    this.#lengths(this.#mainLengths, main, 256, main.length);
    this.#lengths(this.#lengthLengths, lengths, 0, 249);
    const codes = { main: canonical(main), lengths: canonical(lengths), aligned: aligned && canonical(aligned) };
    for (const token of tokens) {
      this.#code(codes.main, mainSymbol(token));
      if ('length' in token) {
        for (const symbol of lengthSymbol(token)) this.#code(codes.lengths, symbol);
        this.#extra(token, codes.aligned);
      }
      this.#position += 'length' in token ? token.length : 1;
      if (this.#position % FRAME === 0) this.#endFrame();
    }
  }

  #extra({ slot, extra }: { slot: number; extra: number }, aligned: readonly Code[] | undefined): void {
    const bits = EXTRA[slot] ?? 0;
    const isAligned = aligned !== undefined && bits >= 3;
    this.#putLong(isAligned ? extra >> 3 : extra, isAligned ? bits - 3 : bits);
    if (isAligned) this.#code(aligned, extra & 7);
  }

  /** Greedy, with a repeated distance where that is as long. Matches leave neither the frame nor the block. */
  #tokenize(size: number): Token[] {
    const tokens: Token[] = [];
    const blockEnd = this.#position + size;
    for (let at = this.#position; at < blockEnd; ) {
      const end = Math.min(blockEnd, (Math.floor(at / FRAME) + 1) * FRAME, at + 257);
      const distances = [...this.#recent, at - (this.#lastSeen.get(this.#hash(at)) ?? at)];
      const matches = distances.map((distance) => ({ distance, length: this.#matchLength(at, distance, end) }));
      const best = matches.reduce((a, b) => (b.length > a.length ? b : a));
      const length = best.length >= 2 ? best.length : 1;
      tokens.push(length === 1 ? { literal: this.#data[at] ?? 0 } : { length, ...this.#slot(best.distance) });
      for (const next = at + length; at < next; at++) this.#lastSeen.set(this.#hash(at), at);
    }
    return tokens;
  }

  #hash(at: number): number {
    return ((this.#data[at] ?? 0) << 16) | ((this.#data[at + 1] ?? 0) << 8) | (this.#data[at + 2] ?? 0);
  }

  #matchLength(at: number, distance: number, end: number): number {
    if (distance < 1 || distance > at || distance > 2 ** this.#options.windowBits - 3) return 0;
    let length = 0;
    while (at + length < end && this.#data[at + length] === this.#data[at + length - distance]) length++;
    return length;
  }

  #slot(distance: number): { slot: number; extra: number } {
    const [r0 = 1, r1 = 1, r2 = 1] = this.#recent;
    const known = this.#recent.indexOf(distance);
    if (known === 1) this.#recent = [r1, r0, r2];
    if (known === 2) this.#recent = [r2, r1, r0];
    if (known >= 0) return { slot: known, extra: 0 };
    this.#recent = [distance, r0, r1];
    const formatted = distance + 2;
    const slot = BASES.findLastIndex((base) => base <= formatted);
    return { slot, extra: formatted - (BASES[slot] ?? 0) };
  }

  #lengths(before: number[], after: readonly number[], from: number, to: number): void {
    const pre = canonical(PRE_LENGTHS);
    for (const length of PRE_LENGTHS) this.#put(length, 4);
    for (let at = from; at < to; ) {
      const run = runLength(after, at, to);
      if (after[at] === 0 && run >= 20) at += this.#run(pre, [18, 5, 20], Math.min(run, 51));
      else if (after[at] === 0 && run >= 4) at += this.#run(pre, [17, 4, 4], Math.min(run, 19));
      else if (run >= 4) {
        const repeated = Math.min(run, 5);
        this.#run(pre, [19, 1, 4], repeated);
        this.#code(pre, difference(before[at], after[at]));
        at += repeated;
      } else this.#code(pre, difference(before[at], after[at++]));
    }
    for (let at = from; at < to; at++) before[at] = after[at] ?? 0;
  }

  #run(pre: readonly Code[], [symbol, bits, least]: readonly [number, number, number], size: number): number {
    this.#code(pre, symbol);
    this.#put(size - least, bits);
    return size;
  }

  #code(codes: readonly Code[], symbol: number): void {
    const { code, length } = codes[symbol] ?? { code: 0, length: 0 };
    if (length === 0) throw new Error(`symbol ${symbol} has no code`);
    this.#put(code, length);
  }

  #putAll(...fields: readonly (readonly [value: number, bits: number])[]): void {
    for (const [value, bits] of fields) this.#put(value, bits);
  }

  #putLong(value: number, bits: number): void {
    if (bits > 16) this.#put(value >> 16, bits - 16);
    if (bits > 0) this.#put(value & 0xffff, Math.min(bits, 16));
  }

  #put(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      this.#bits = (this.#bits << 1) | ((value >> bit) & 1);
      if (++this.#bitCount === 16) {
        this.#bytes.push(this.#bits & 0xff, this.#bits >> 8);
        this.#bits = 0;
        this.#bitCount = 0;
      }
    }
  }

  #align(): void {
    while (this.#bitCount > 0) this.#put(0, 1);
  }

  #endFrame(): void {
    this.#align();
    this.#frames.push(Buffer.from(this.#bytes));
    this.#bytes = [];
  }
}

const mainSymbol = (token: Token): number =>
  'literal' in token ? token.literal : 256 + token.slot * 8 + Math.min(token.length - 2, 7);
const lengthSymbol = (token: Token): number[] => ('length' in token && token.length >= 9 ? [token.length - 9] : []);
const alignedSymbol = (token: Token): number[] =>
  'length' in token && (EXTRA[token.slot] ?? 0) >= 3 ? [token.extra & 7] : [];
const difference = (before = 0, after = 0): number => (before - after + 17) % 17;

function count(size: number, symbols: readonly number[]): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const symbol of symbols) counts[symbol] = (counts[symbol] ?? 0) + 1;
  return counts;
}

function runLength(values: readonly number[], at: number, end: number): number {
  let run = 1;
  while (at + run < end && values[at + run] === values[at]) run++;
  return run;
}

/** Code lengths that use up all codes; none at all without symbols. */
function completeLengths(counts: number[], max: number): number[] {
  const used = counts.flatMap((n, symbol) => (n > 0 ? [symbol] : []));
  if (used.length === 0) return counts;
  if (used.length === 1) counts[used[0] === 0 ? 1 : 0] = 1;
  const total = counts.reduce((sum, n) => sum + n, 0);
  // Where codes are short of room, all get the same length first.
  const flat = Math.ceil(Math.log2(counts.filter((n) => n > 0).length));
  const lengths = counts.map((n) => (n === 0 ? 0 : Math.max(1, Math.ceil(Math.log2(total / n)))));
  const fitted = Math.max(...lengths) > max ? lengths.map((length) => (length === 0 ? 0 : Math.max(1, flat))) : lengths;
  let room = 2 ** max - fitted.reduce((sum, length) => sum + (length === 0 ? 0 : 2 ** (max - length)), 0);
  while (room > 0) {
    const symbol = fitted.findIndex((length) => length > 1 && 2 ** (max - length) <= room);
    const length = fitted[symbol] ?? 0;
    room -= 2 ** (max - length);
    fitted[symbol] = length - 1;
  }
  return fitted;
}

interface Code {
  readonly code: number;
  readonly length: number;
}

function canonical(lengths: readonly number[]): Code[] {
  const codes = lengths.map((length) => ({ code: 0, length }));
  let code = 0;
  for (let length = 1; length <= 16; length++) {
    for (const entry of codes) if (entry.length === length) entry.code = code++;
    code <<= 1;
  }
  return codes;
}
