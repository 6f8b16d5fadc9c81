import { COLOUR_BLACK, COLOUR_RED, NO_STREAM } from './constants.ts';

/**
 * Order and tree of the entries of one storage. Source: [MS-CFB] 2.6.4: the shorter name comes first; names of one
 * length compare by upper-cased UTF-16 units.
 */
export function compareEntryNames(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let index = 0; index < a.length; index++) {
    const difference = upperCaseUnit(a, index) - upperCaseUnit(b, index);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Simple case mapping only: a unit whose upper case is two units (such as U+00DF) stays as it is. */
function upperCaseUnit(name: string, index: number): number {
  const unit = name.charAt(index);
  const upper = unit.toUpperCase();
  return (upper.length === 1 ? upper : unit).charCodeAt(0);
}

export interface EntryLinks {
  left: number;
  right: number;
  colour: number;
}

export interface EntryTree {
  /** Entry id of the top, or `NO_STREAM` without entries. */
  readonly top: number;
  /** By position in `names`. */
  readonly links: readonly EntryLinks[];
}

/**
 * A balanced red-black tree over `names`, whose entry ids are their positions plus `firstId`. Halving the sorted list
 * leaves holes on the deepest level only, so that colouring exactly this level red gives equal black heights.
 */
export function buildEntryTree(names: readonly string[], firstId: number): EntryTree {
  const sorted = names.map((_, position) => position).sort((a, b) => compareEntryNames(names[a] ?? '', names[b] ?? ''));
  const links = names.map(() => ({ left: NO_STREAM, right: NO_STREAM, colour: COLOUR_BLACK }));
  const deepest = Math.floor(Math.log2(Math.max(1, names.length)));

  const place = (from: number, to: number, depth: number): number => {
    if (from >= to) return NO_STREAM;
    const middle = (from + to) >>> 1;
    const position = sorted[middle] ?? 0;
    links[position] = {
      left: place(from, middle, depth + 1),
      right: place(middle + 1, to, depth + 1),
      colour: depth === deepest && depth > 0 ? COLOUR_RED : COLOUR_BLACK,
    };
    return position + firstId;
  };
  return { top: place(0, sorted.length, 0), links };
}
