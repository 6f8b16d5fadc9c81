import { describe, expect, test } from 'vitest';
import { ExpressionError, evaluateExpression } from '../../installer/wix/preprocess/expression.ts';
import { type CompileTextOptions, compileText, mustCompile, product, rows } from './support.ts';

const scope = {
  expand: (text: string) => text.replace('$(var.A)', 'a').replace('$(var.Empty)', ''),
  isDefined: (reference: string) => reference === 'var.A' || reference === 'var.Empty',
};

describe('evaluateExpression()', () => {
  test.each([
    ['1 = 1', true],
    ['"a" = "A"', false],
    ['"a" ~= "A"', true],
    ['a != b', true],
    ['2 < 10', true],
    ['2 <= 2 and 3 >= 4', false],
    ['1 = 2 or 2 > 1', true],
    ['1 = 1 or 1 = 1 and 1 = 2', false],
    ['1 = 1 or not 1 = 1 and 1 = 2', true],
    ['not 1 = 1 or 1 = 1', true],
    ['(1 = 1 or 1 = 1) and 1 = 2', false],
    ['not 1 = 2', true],
    ['NOT (1 = 1) OR 1 = 1', true],
    ['$(var.A) = a', true],
    ['"$(var.A) b" = "a b"', true],
    ['$(var.A)', true],
    ['$(var.Empty)', true],
    ['$(var.None)', false],
    ['$(env.ProgramFiles(x86)) = x', false],
  ])('%s is %s', (expression, expected) => {
    expect(evaluateExpression(expression, scope)).toBe(expected);
  });

  test.each([
    ['', 'the end was found, a value was expected'],
    ['1 =', 'nothing to compare was found after "="'],
    ['(1 = 1', 'a closing parenthesis is missing'],
    ['1 = 1 2', '"2" was found where the expression should end'],
    ['""', '"" was found alone, a comparison or a variable was expected'],
    ['yes', '"yes" was found alone, a comparison or a variable was expected'],
    ['a < 1', '"a" was found, "<" compares integers'],
    ['! = 1', '"! = 1" was found, an operand or operator was expected'],
  ])('refuses %s', (expression, message) => {
    expect(() => evaluateExpression(expression, scope)).toThrow(new ExpressionError(message));
  });
});

describe('preprocess()', () => {
  async function propertyX(content: string, options?: CompileTextOptions) {
    const compiled = mustCompile(await compileText(product(content), options));
    return rows(compiled, 'Property').find((row) => row.Property === 'X')?.Value;
  }

  test.each([
    ['<?define A = "1"?><Property Id="X" Value="$(var.A)" />', '1'],
    ['<?define A = 1?><?define B = "$(var.A)2"?><Property Id="X" Value="$(B)" />', '12'],
    ['<?define A = 1?><?undef A?><?ifdef A?><Nope /><?else?><Property Id="X" Value="none" /><?endif?>', 'none'],
    ['<?if 1 = 2?><Nope /><?elseif 1 = 1?><Property Id="X" Value="second" /><?else?><Nope /><?endif?>', 'second'],
    ['<?ifndef A?><?if 1 = 1?><Property Id="X" Value="nested" /><?endif?><?endif?>', 'nested'],
    ['<Property Id="X" Value="$$(var.A)" />', '$(var.A)'],
    ['<?define A = 0?><Property Id="X"><![CDATA[$(var.A) < 1]]></Property>', '0 < 1'],
    ['<Property Id="X" Value="a$$b$c" />', 'a$b$c'],
    ['<Property Id="X" Value="$(env.ProgramFiles(x86))" />', 'C:\\x86'],
    ['<Property Id="X" Value="$(fun.AutoVersion(2.1))" />', '2.1.8718.40000'],
    ['<?foreach N in 1;2?><?endforeach?><Property Id="X" Value="$(var.N)" />', '2'],
    ['<Property Id="X" Value="$(env.Path)" />', '/bin'],
    ['<Property Id="X" Value="$(sys.BUILDARCH) $(sys.SOURCEFILEPATH)" />', 'x86 in.wxs'],
    ['<Property Id="X" Value="$(var.Given)" />', 'outside'],
  ])('%s', async (content, expected) => {
    const options = {
      environment: new Map([
        ['PATH', '/bin'],
        ['ProgramFiles(x86)', 'C:\\x86'],
      ]),
      variables: new Map([['Given', 'outside']]),
    };
    expect(await propertyX(content, options)).toBe(expected);
  });

  test('repeats the body of foreach for every value', async () => {
    const compiled = mustCompile(
      await compileText(product('<?foreach N in A1;B2?><Property Id="$(var.N)" Value="v$(var.N)" /><?endforeach?>')),
    );
    expect(rows(compiled, 'Property')).toEqual(
      expect.arrayContaining([
        { Property: 'A1', Value: 'vA1' },
        { Property: 'B2', Value: 'vB2' },
      ]),
    );
  });

  test('shares variables with included files, and includes one twice if asked', async () => {
    const part =
      '<Include xmlns="http://schemas.microsoft.com/wix/2006/wi"><?ifndef Once?><?define Once?><Property Id="X" Value="$(var.A)" /><?endif?></Include>';
    expect(
      await propertyX('<?define A = in?><?include part.wxi?><?include part.wxi?>', { files: { 'part.wxi': part } }),
    ).toBe('in');
  });
});
