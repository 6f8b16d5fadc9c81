import { DamagedBlock } from '../damaged-block.ts';
import type { BitReader } from './bit-reader.ts';
import { CodeTree } from './code-tree.ts';

const PRE_TREE_SIZE = 20;
const LENGTH_COUNT = 17;

/**
 * Changes `lengths` from `from` up to `to` as the stream says ([MS-PATCH] 2.1.4.2): a tree of 20 codes, then differences
 * to the lengths of the block before, and runs. Throws `DamagedBlock`.
 */
export function readLengths(bits: BitReader, lengths: Uint8Array, { from, to }: { from: number; to: number }): void {
  const tree = new CodeTree(Uint8Array.from({ length: PRE_TREE_SIZE }, () => bits.take(4)));
  for (let at = from; at < to; ) {
    const symbol = tree.next(bits);
    if (symbol < LENGTH_COUNT) {
      lengths[at] = changed(lengths[at], symbol);
      at++;
      continue;
    }
    const { count, value } = readRun(bits, { symbol, tree, previous: lengths[at] });
    if (at + count > to) throw new DamagedBlock('a run of lengths ends behind its tree');
    lengths.fill(value, at, at + count);
    at += count;
  }
}

function readRun(
  bits: BitReader,
  { symbol, tree, previous }: { symbol: number; tree: CodeTree; previous: number | undefined },
): { count: number; value: number } {
  if (symbol === 17) return { count: bits.take(4) + 4, value: 0 };
  if (symbol === 18) return { count: bits.take(5) + 20, value: 0 };
  const count = bits.take(1) + 4;
  const difference = tree.next(bits);
  if (difference >= LENGTH_COUNT) throw new DamagedBlock('a run repeats a run');
  return { count, value: changed(previous, difference) };
}

function changed(previous = 0, difference: number): number {
  return (previous - difference + LENGTH_COUNT) % LENGTH_COUNT;
}
