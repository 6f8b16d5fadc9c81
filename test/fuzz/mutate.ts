/** Ways to damage an input. All of them depend on nothing but the input and the generator. */
import type { Random } from './random.ts';

/** Sizes and counts that readers get wrong. */
const INTERESTING = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x10000, 0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffa,
  0xfffffffd, 0xfffffffe, 0xffffffff,
];
const MAX_GROWTH = 4096;

/** One to eight changes: bits, numbers, ranges moved, doubled, filled or gone, the end cut off. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let result: Buffer = Buffer.from(bytes);
  for (let changes = 1 + random.below(random.pick([1, 2, 4, 8])); changes > 0; changes--) {
    result = random.pick(byteChanges)(result, random);
  }
  return result;
}

type ByteChange = (bytes: Buffer, random: Random) => Buffer;

const byteChanges: readonly ByteChange[] = [
  flipBit,
  flipBit,
  overwriteNumber,
  overwriteNumber,
  overwriteNumber,
  addToNumber,
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => {
    const { start, end } = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  (bytes, random) => {
    const { start, end } = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, random) => {
    const { start, end } = range(bytes, random);
    bytes.copy(bytes, place(bytes, random), start, end);
    return bytes;
  },
  (bytes, random) => {
    const { start, end } = range(bytes, random);
    return bytes.fill(random.pick([0, 0xff, random.below(256)]), start, end);
  },
];

function flipBit(bytes: Buffer, random: Random): Buffer {
  const at = place(bytes, random);
  if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}

function overwriteNumber(bytes: Buffer, random: Random): Buffer {
  const width = random.pick([1, 2, 4]);
  const at = Math.floor(place(bytes, random) / width) * width;
  if (at + width <= bytes.length) bytes.writeUIntLE(random.pick(INTERESTING) % 2 ** (8 * width), at, width);
  return bytes;
}

function addToNumber(bytes: Buffer, random: Random): Buffer {
  const width = random.pick([1, 2, 4]);
  const at = Math.floor(place(bytes, random) / width) * width;
  if (at + width > bytes.length) return bytes;
  const changed = bytes.readUIntLE(at, width) + random.below(65) - 32;
  const size = 2 ** (8 * width);
  bytes.writeUIntLE((changed + size) % size, at, width);
  return bytes;
}

/** Headers are in front: half of the changes go there. */
function place(bytes: Buffer, random: Random): number {
  return random.below(random.below(2) === 0 ? Math.min(bytes.length, 1024) : bytes.length);
}

function range(bytes: Buffer, random: Random): { start: number; end: number } {
  const start = place(bytes, random);
  return { start, end: Math.min(bytes.length, start + 1 + random.below(random.pick([8, 64, MAX_GROWTH]))) };
}

const MAX_TEXT = 256 * 1024;

/** One to six changes: characters, words of `dictionary`, lines and stretches doubled, moved, repeated or gone. */
export function mutateText(text: string, dictionary: readonly string[], random: Random): string {
  let result = text;
  for (let changes = 1 + random.below(random.pick([1, 3, 6])); changes > 0; changes--) {
    result = random.pick(textChanges)(result, dictionary, random);
  }
  return result.slice(0, MAX_TEXT);
}

type TextChange = (text: string, dictionary: readonly string[], random: Random) => string;

const textChanges: readonly TextChange[] = [
  (text, dictionary, random) => spliced(text, random.below(text.length), { insert: random.pick(dictionary) }),
  (text, dictionary, random) =>
    spliced(text, random.below(text.length), { remove: 1 + random.below(12), insert: random.pick(dictionary) }),
  (text, _, random) =>
    spliced(text, random.below(text.length), { remove: 1 + random.below(random.pick([3, 40, 400])) }),
  (text, _, random) =>
    spliced(text, random.below(text.length), { remove: 1, insert: String.fromCharCode(random.below(0x10000)) }),
  (text, _, random) => {
    const [from, to] = [random.below(text.length), random.below(text.length)];
    return spliced(text, to, { insert: text.slice(from, from + random.below(random.pick([8, 80, 800]))) });
  },
  (text, _, random) => {
    const from = random.below(text.length);
    const stretch = text.slice(from, from + 1 + random.below(30));
    return spliced(text, from, { insert: stretch.repeat(random.pick([2, 50, 2000])) });
  },
  (text, _, random) => {
    const lines = text.split('\n');
    lines.splice(random.below(lines.length), random.below(2), random.pick(lines));
    return lines.join('\n');
  },
  (text, dictionary, random) => {
    // A value in quotes becomes another one: the text stays well-formed, and later phases get their turn.
    const quoted = [...text.matchAll(/"([^"\n]*)"/g)];
    if (quoted.length === 0) return text;
    const { index, 0: whole } = random.pick(quoted);
    const other = random.below(2) === 0 ? random.pick(quoted)[0] : JSON.stringify(random.pick(dictionary));
    return spliced(text, index, { remove: whole.length, insert: other });
  },
];

function spliced(text: string, at: number, { remove = 0, insert = '' }: { remove?: number; insert?: string }): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}
