import type { Comparison, Junction, ReferenceKind } from './expression.ts';

export type Token =
  | { readonly type: 'open' | 'close' | 'not'; readonly offset: number }
  | { readonly type: 'junction'; readonly operator: Junction; readonly offset: number }
  | {
      readonly type: 'comparison';
      readonly operator: Comparison;
      readonly ignoreCase: boolean;
      readonly offset: number;
    }
  | { readonly type: 'text'; readonly text: string; readonly offset: number }
  | { readonly type: 'number'; readonly number: number; readonly offset: number }
  | { readonly type: 'reference'; readonly kind: ReferenceKind; readonly name: string; readonly offset: number };

/** The place where text stops being a condition, and why. */
export interface ConditionFault {
  readonly offset: number;
  readonly message: string;
}

const grammar =
  /\s+|(?<open>\()|(?<close>\))|(?<text>"[^"]*")|(?<compare>~?(?:<>|><|<<|>>|>=|<=|=|<|>))|(?<number>-?\d+(?![A-Za-z0-9_.]))|(?<sign>[%$?&!]?)(?<name>[A-Za-z_][A-Za-z0-9_.]*)/y;

const kinds: Readonly<Record<string, ReferenceKind>> = {
  '': 'property',
  '%': 'environment',
  $: 'component-action',
  '?': 'component-state',
  '&': 'feature-action',
  '!': 'feature-state',
};

const junctions: Readonly<Record<string, Junction>> = { and: 'and', or: 'or', xor: 'xor', eqv: 'eqv', imp: 'imp' };

/** The words of a condition, or where they stop making sense. */
export function tokenize(text: string): readonly Token[] | ConditionFault {
  const tokens: Token[] = [];
  const pattern = new RegExp(grammar);
  while (pattern.lastIndex < text.length) {
    const offset = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) {
      const message = text[offset] === '"' ? 'a text without its closing quote' : `"${text[offset]}"`;
      return { offset, message };
    }
    const token = tokenOf(groups, offset);
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, offset: number): Token | undefined {
  const { open, close, text, compare, number, sign, name } = groups;
  if (open !== undefined) return { type: 'open', offset };
  if (close !== undefined) return { type: 'close', offset };
  if (text !== undefined) return { type: 'text', text: text.slice(1, -1), offset };
  if (compare !== undefined) {
    const ignoreCase = compare.startsWith('~');
    return { type: 'comparison', operator: compare.slice(ignoreCase ? 1 : 0) as Comparison, ignoreCase, offset };
  }
  if (number !== undefined) return { type: 'number', number: Number(number), offset };
  return name === undefined ? undefined : wordToken(sign ?? '', name, offset);
}

function wordToken(sign: string, name: string, offset: number): Token {
  const word = sign === '' ? name.toLowerCase() : '';
  if (word === 'not') return { type: 'not', offset };
  const operator = junctions[word];
  if (operator !== undefined) return { type: 'junction', operator, offset };
  return { type: 'reference', kind: kinds[sign] ?? 'property', name, offset };
}
