/**
 * The language of `<?if?>` and `<?elseif?>`: comparisons `= != ~= < <= > >=`, `and`, `or`, `not`, parentheses.
 * `and` binds tighter than `or`. A lone value is true when it is not empty; a lone variable, when it is defined.
 */
export interface ExpressionScope {
  /** Expands the references in an operand; reports those that are undefined. */
  readonly expand: (text: string) => string;
  /** Whether a lone `$(reference)` has a value. */
  readonly isDefined: (reference: string) => boolean;
}

/** Thrown for a malformed expression, with what was found. */
export class ExpressionError extends Error {
  readonly code = 'bad-expression';
  constructor(message: string) {
    super(message);
    this.name = 'ExpressionError';
  }
}

type Token =
  | { readonly kind: 'operator' | 'word' | 'open' | 'close'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly quoted: boolean };

/** Bounds recursion. */
const MAX_DEPTH = 250;
const TOKEN = /\s*(?:(\()|(\))|(!=|~=|<=|>=|=|<|>)|"([^"]*)"|((?:\$\([^)]*\)|[^\s()=!~<>"])+))/y;

/** Throws ExpressionError. Every operand is expanded, so undefined variables are reported even in branches not needed. */
export function evaluateExpression(expression: string, scope: ExpressionScope): boolean {
  const tokens = tokenize(expression);
  if (tokens.filter(({ kind, text }) => kind === 'open' || text === 'not').length > MAX_DEPTH) {
    throw new ExpressionError(`more than ${MAX_DEPTH} parentheses and negations were found`);
  }
  const state = { tokens, index: 0 };
  const result = parseOr(state, scope);
  const rest = tokens[state.index];
  if (rest !== undefined) throw new ExpressionError(`"${rest.text}" was found where the expression should end`);
  return result;
}

interface ParserState {
  readonly tokens: readonly Token[];
  index: number;
}

function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (match === null)
      throw new ExpressionError(`"${expression.slice(start).trim()}" was found, an operand or operator was expected`);
    const [, open, close, operator, quoted, bare] = match;
    if (open !== undefined) tokens.push({ kind: 'open', text: open });
    else if (close !== undefined) tokens.push({ kind: 'close', text: close });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else if (quoted !== undefined) tokens.push({ kind: 'value', text: quoted, quoted: true });
    else if (/^(?:and|or|not)$/i.test(bare ?? '')) tokens.push({ kind: 'word', text: (bare ?? '').toLowerCase() });
    else tokens.push({ kind: 'value', text: bare ?? '', quoted: false });
  }
  return tokens;
}

function accept(state: ParserState, kind: Token['kind'], text?: string): Token | undefined {
  const token = state.tokens[state.index];
  if (token === undefined || token.kind !== kind || (text !== undefined && token.text !== text)) return undefined;
  state.index += 1;
  return token;
}

function parseOr(state: ParserState, scope: ExpressionScope): boolean {
  let result = parseAnd(state, scope);
  while (accept(state, 'word', 'or')) result = parseAnd(state, scope) || result;
  return result;
}

function parseAnd(state: ParserState, scope: ExpressionScope): boolean {
  let result = parseNot(state, scope);
  while (accept(state, 'word', 'and')) result = parseNot(state, scope) && result;
  return result;
}

function parseNot(state: ParserState, scope: ExpressionScope): boolean {
  if (accept(state, 'word', 'not')) return !parseNot(state, scope);
  if (!accept(state, 'open')) return parseComparison(state, scope);
  const result = parseOr(state, scope);
  if (!accept(state, 'close')) throw new ExpressionError('a closing parenthesis is missing');
  return result;
}

function parseComparison(state: ParserState, scope: ExpressionScope): boolean {
  const left = accept(state, 'value');
  if (left === undefined) {
    const found = state.tokens[state.index];
    throw new ExpressionError(`${found === undefined ? 'the end' : `"${found.text}"`} was found, a value was expected`);
  }
  const operator = accept(state, 'operator');
  if (operator === undefined) return isTrue(left, scope);
  const right = accept(state, 'value');
  if (right === undefined) throw new ExpressionError(`nothing to compare was found after "${operator.text}"`);
  return compare(scope.expand(left.text), operator.text, scope.expand(right.text));
}

function isTrue(token: Token, scope: ExpressionScope): boolean {
  const reference = /^\$\(([^()]*)\)$/.exec(token.text)?.[1];
  return reference === undefined ? scope.expand(token.text) !== '' : scope.isDefined(reference);
}

function compare(left: string, operator: string, right: string): boolean {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '~=') return left.toLowerCase() === right.toLowerCase();
  const [a, b] = [left, right].map((text) => {
    if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text);
    throw new ExpressionError(`"${text}" was found, "${operator}" compares integers`);
  }) as [number, number];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
