/**
 * Reads a condition of Windows Installer. Source: "Conditional Statement Syntax"; operators bind in the order
 * comparison, NOT, AND, OR, XOR, EQV, IMP, and those of one rank from left to right.
 */
import type { Expression, Junction, Value } from './expression.ts';
import { type ConditionFault, type Token, tokenize } from './tokenize.ts';

export type ConditionResult =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly fault: ConditionFault };

/** Deeper than any author writes; what is nested further is refused instead of overflowing the stack. */
const MAX_DEPTH = 200;

/** Loosest first. */
const ranks: readonly Junction[] = ['imp', 'eqv', 'xor', 'or', 'and'];

/** Reads `text`. An empty condition is not for this function: Windows Installer takes it as true. */
export function parseCondition(text: string): ConditionResult {
  const tokens = tokenize(text);
  if ('message' in tokens) return { ok: false, fault: tokens };
  try {
    const parser = new Parser(tokens, text.length);
    return { ok: true, expression: parser.whole() };
  } catch (error) {
    if (error instanceof ParseStop) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Leaves the recursion; never leaves this file. */
class ParseStop extends Error {
  readonly code = 'parse-stop';
  readonly fault: ConditionFault;

  constructor(fault: ConditionFault) {
    super(fault.message);
    this.fault = fault;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Expression {
    const expression = this.#junction(0);
    if (this.#peek() !== undefined) throw this.#stop('something after the end of the condition');
    return expression;
  }

  #junction(rank: number): Expression {
    const operator = ranks[rank];
    if (operator === undefined) return this.#term();
    let left = this.#junction(rank + 1);
    let joined = 0;
    for (let token = this.#peek(); token?.type === 'junction' && token.operator === operator; token = this.#peek()) {
      // A long chain is a deep tree, and whoever walks the tree recurses.
      if (++joined > MAX_DEPTH) throw this.#stop('a chain that is too long');
      this.#next++;
      left = { type: 'junction', operator, left, right: this.#junction(rank + 1) };
    }
    return left;
  }

  #term(): Expression {
    if (this.#depth++ > MAX_DEPTH) throw this.#stop('nesting that is too deep');
    const token = this.#peek();
    const term = token?.type === 'not' ? this.#negation() : token?.type === 'open' ? this.#group() : this.#comparison();
    this.#depth--;
    return term;
  }

  #negation(): Expression {
    this.#next++;
    return { type: 'not', operand: this.#term() };
  }

  #group(): Expression {
    this.#next++;
    const inner = this.#junction(0);
    if (this.#peek()?.type !== 'close') throw this.#stop('no closing parenthesis');
    this.#next++;
    return inner;
  }

  #comparison(): Expression {
    const left = this.#value();
    const token = this.#peek();
    if (token?.type !== 'comparison') return { type: 'value', value: left };
    this.#next++;
    return {
      type: 'comparison',
      operator: token.operator,
      ignoreCase: token.ignoreCase,
      left,
      right: this.#value(),
    };
  }

  #value(): Value {
    const token = this.#peek();
    this.#next++;
    switch (token?.type) {
      case 'reference':
        return { type: 'reference', kind: token.kind, name: token.name };
      case 'text':
        return { type: 'text', text: token.text };
      case 'number':
        return { type: 'number', number: token.number };
      default:
        this.#next--;
        throw this.#stop('no value');
    }
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #stop(message: string): ParseStop {
    return new ParseStop({ offset: this.#peek()?.offset ?? this.#end, message });
  }
}
