import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateCondition } from '../../../installer/validate/condition/evaluate-condition.ts';
import { type Expression, referencesIn } from '../../../installer/validate/condition/expression.ts';
import { parseCondition } from '../../../installer/validate/condition/parse-condition.ts';

function parsed(text: string): Expression {
  const result = parseCondition(text);
  if (!result.ok) throw new Error(`${text}: ${result.fault.message} at ${result.fault.offset}`);
  return result.expression;
}

/** Whether `text` holds where the properties A = "1", B = "" and NAME = "Relay" are set. */
function holds(text: string): boolean {
  const values: Readonly<Record<string, string>> = { A: '1', NAME: 'Relay', TEN: '10' };
  return evaluateCondition(parsed(text), ({ name }) => values[name]);
}

describe('parseCondition()', () => {
  test.each([
    'VersionNT >= 603 AND NOT Installed',
    'NOT(REMOVE~="ALL") or UPGRADINGPRODUCTCODE',
    '$Component>2 AND ?Component=3 XOR &Feature=3 IMP !Feature=2 EQV %PATH><"bin"',
    '"text"',
    '1',
    'A<<"x" AND A>>"y" AND A~><"z"',
    'A=-1',
    '((A))',
    'NOT NOT A',
  ])('reads %s', (text) => {
    expect(parseCondition(text).ok).toBe(true);
  });

  test.each([
    ['A AND', 5, 'no value'],
    ['AND A', 0, 'no value'],
    ['A B', 2, 'after the end'],
    ['(A', 2, 'no closing parenthesis'],
    ['A)', 1, 'after the end'],
    ['A = "x', 4, 'closing quote'],
    ['A == 1', 3, 'no value'],
    ['A & B', 2, '"&"'],
    ['1A', 0, '"1"'],
    ['', 0, 'no value'],
    ['NOT', 3, 'no value'],
  ])('refuses %j at %i', (text, offset, message) => {
    expect(parseCondition(text)).toMatchObject({
      ok: false,
      fault: { offset, message: expect.stringContaining(message) },
    });
  });

  test.each(['('.repeat(100_000), 'NOT '.repeat(100_000), 'A OR '.repeat(100_000)])(
    'refuses what is nested without end',
    (text) => {
      expect(parseCondition(`${text}A`).ok).toBe(false);
    },
  );

  test('takes any text without throwing', () => {
    const word = fc.constantFrom('A', 'AND', 'OR', 'NOT', '(', ')', '=', '~<>', '"x"', '12', '$C', '%', '"', ' ', '[');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          const result = parseCondition(text);
          if (result.ok) evaluateCondition(result.expression, () => undefined);
          else expect(result.fault.offset).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

test('referencesIn() tells what a name stands for by its sign', () => {
  const references = [...referencesIn(parsed('A AND $C>2 AND ?C=3 AND &F=3 AND !F=2 AND %PATH'))];
  expect(references.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'property A',
    'component-action C',
    'component-state C',
    'feature-action F',
    'feature-state F',
    'environment PATH',
  ]);
});

describe('evaluateCondition()', () => {
  test.each([
    ['A', true],
    ['B', false],
    ['NOT B', true],
    ['0', false],
    ['"x"', true],
    ['A=1', true],
    ['A="1"', true],
    ['TEN>9', true],
    ['TEN>"9"', true],
    ['NAME="relay"', false],
    ['NAME~="relay"', true],
    ['NAME<>"other"', true],
    ['NAME><"ela"', true],
    ['NAME<<"Re"', true],
    ['NAME>>"ay"', true],
    ['NAME>1', false],
    ['NAME<>1', true],
    ['B AND B OR A', true],
    ['A OR B AND B', true],
    ['NOT A OR A', true],
    ['A XOR A', false],
    ['A XOR B OR A', false],
    ['A IMP B', false],
    ['B IMP A', true],
    ['B EQV B', true],
    ['A EQV B', false],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });
});
