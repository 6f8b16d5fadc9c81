import type { SourceSpan } from '../../diagnostic.ts';

export interface LineIndex {
  /** Line and column, counted from 1, of an offset in UTF-16 units. */
  span(offset: number): SourceSpan;
}

/** Lines end at LF, CR LF or a lone CR. */
export function createLineIndex(file: string, text: string): LineIndex {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  return {
    span(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}
