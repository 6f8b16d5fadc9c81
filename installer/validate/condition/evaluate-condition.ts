/** Whether a condition holds in a given situation. Source: Windows Installer "Conditional Statement Syntax". */
import type { Comparison, Expression, Reference, Value } from './expression.ts';

/** Value of a name in the situation; undefined when it has none, which counts as empty. */
export type Lookup = (reference: Reference) => string | undefined;

export function evaluateCondition(expression: Expression, lookup: Lookup): boolean {
  switch (expression.type) {
    case 'value':
      return isTrue(expression.value, lookup);
    case 'comparison': {
      const { left, right, operator, ignoreCase } = expression;
      const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
      return compare(fold(textOf(left, lookup)), operator, fold(textOf(right, lookup)));
    }
    case 'not':
      return !evaluateCondition(expression.operand, lookup);
    case 'junction':
      return junction(expression, lookup);
    default:
      return expression satisfies never;
  }
}

function junction(expression: Extract<Expression, { type: 'junction' }>, lookup: Lookup): boolean {
  const left = evaluateCondition(expression.left, lookup);
  const right = evaluateCondition(expression.right, lookup);
  switch (expression.operator) {
    case 'and':
      return left && right;
    case 'or':
      return left || right;
    case 'xor':
      return left !== right;
    case 'eqv':
      return left === right;
    case 'imp':
      return !left || right;
    default:
      return expression.operator satisfies never;
  }
}

function isTrue(value: Value, lookup: Lookup): boolean {
  return value.type === 'number' ? value.number !== 0 : textOf(value, lookup) !== '';
}

function textOf(value: Value, lookup: Lookup): string {
  switch (value.type) {
    case 'reference':
      return lookup(value) ?? '';
    case 'text':
      return value.text;
    case 'number':
      return String(value.number);
    default:
      return value satisfies never;
  }
}

const isInteger = (text: string): boolean => /^-?\d+$/.test(text);

function compare(left: string, operator: Comparison, right: string): boolean {
  const numeric = isInteger(left) && isInteger(right);
  const order = numeric ? Math.sign(Number(left) - Number(right)) : left === right ? 0 : left < right ? -1 : 1;
  // A number compared with something that is none: only "not equal" holds.
  if (isInteger(left) !== isInteger(right) && left !== '' && right !== '') return operator === '<>';
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '><':
      return left.includes(right);
    case '<<':
      return left.startsWith(right);
    case '>>':
      return left.endsWith(right);
    default:
      return operator satisfies never;
  }
}
