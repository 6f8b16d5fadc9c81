/**
 * The language of `<?if?>` and `<?elseif?>`: comparisons `= != ~= < <= > >=`, `and`, `or`, `not`, parentheses.
 * As in WiX, `and` and `or` have one precedence and are taken from left to right, and `not` begins a group of its own
 * that reaches to the end of its parenthesis. A lone variable is true when it is defined; a lone literal is an error.
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
const TOKEN = /\s*(?:(\()|(\))|(!=|~=|<=|>=|=|<|>)|"([^"]*)"|((?:\$\((?:[^()]|\([^()]*\))*\)|[^\s()=!~<>"])+))/y;
const LONE_REFERENCE = /^\$\(((?:[^()]|\([^()]*\))*)\)$/;

/** Throws ExpressionError. Every operand is expanded, so undefined variables are reported even in branches not needed. */
export function evaluateExpression(expression: string, scope: ExpressionScope): boolean {
  const tokens = tokenize(expression);
  if (tokens.filter(({ kind, text }) => kind === 'open' || text === 'not').length > MAX_DEPTH) {
    throw new ExpressionError(`more than ${MAX_DEPTH} parentheses and negations were found`);
  }
  const state = { tokens, index: 0 };
  const result = parseExpression(state, scope);
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

/** Terms from left to right, each joined to all that stands before it. */
function parseExpression(state: ParserState, scope: ExpressionScope): boolean {
  return joinTerms(parseTerm(state, scope), state, scope);
}

function joinTerms(first: boolean, state: ParserState, scope: ExpressionScope): boolean {
  let result = first;
  for (;;) {
    const joint = accept(state, 'word', 'and') ?? accept(state, 'word', 'or');
    if (joint === undefined) return result;
    const next = parseTerm(state, scope);
    result = joint.text === 'and' ? result && next : result || next;
  }
}

function parseTerm(state: ParserState, scope: ExpressionScope): boolean {
  // `not A and B` is `(not A) and B`; what stands before the `not` is joined to the whole of it.
  if (accept(state, 'word', 'not')) return joinTerms(!parseTerm(state, scope), state, scope);
  if (!accept(state, 'open')) return parseComparison(state, scope);
  const result = parseExpression(state, scope);
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
  return compare(scope.expand(left.text).trim(), operator.text, scope.expand(right.text).trim());
}

function isTrue(token: Token, scope: ExpressionScope): boolean {
  const reference = token.kind === 'value' && !token.quoted ? LONE_REFERENCE.exec(token.text)?.[1] : undefined;
  if (reference === undefined)
    throw new ExpressionError(`"${token.text}" was found alone, a comparison or a variable was expected`);
  return scope.isDefined(reference);
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
