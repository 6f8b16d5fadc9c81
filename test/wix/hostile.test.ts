import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileText, executable, product } from './support.ts';

const source = readFileSync(new URL('../fixtures/wix/service.wxs', import.meta.url), 'utf8');
const files = {
  'payload/relay.exe': executable([1, 2, 3, 4]),
  'payload/relay example.yaml': 'x',
  'payload/relay.ico': 'x',
};

/** Every wrong source is answered by diagnostics that name a place; none by an exception or by silence. */
async function expectAnswer(text: string): Promise<void> {
  const result = await compileText(text, { files });
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.length > 0).toBe(!result.ok);
  for (const { message, code } of errors) {
    expect(code).toMatch(/^WIX[1-5]\d{3}$/);
    expect(message).not.toMatch(/\bundefined\b(?! entity)|\[object|NaN/);
  }
}

describe('compile() answers with diagnostics', () => {
  test('when characters of a source are replaced', async () => {
    const change = fc.tuple(
      fc.nat(source.length - 1),
      fc.constantFrom('<', '>', '"', '=', '$', '(', ')', '&', '?', '\0', 'x', '', ' ', '*', '/'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const characters = [...source];
        for (const [index, replacement] of changes) characters[index] = replacement;
        await expectAnswer(characters.join(''));
      }),
      { numRuns: 400 },
    );
  });

  test('when lines of a source are missing, doubled or moved', async () => {
    const lines = source.split('\n');
    const line = fc.nat(lines.length - 1);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(line, line), { minLength: 1, maxLength: 4 }), async (moves) => {
        const copy = [...lines];
        for (const [from, to] of moves) copy.splice(to, from % 2, lines[from] ?? '');
        await expectAnswer(copy.join('\n'));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['nothing', ''],
    ['no XML', 'Hello'],
    ['an unknown entity', '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">&lol;</Wix>'],
    ['a lone surrogate', `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><!-- \ud800 --></Wix>`],
    ['a hundred thousand open elements', '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">'.repeat(100_000)],
  ])('for %s', async (_, text) => {
    await expectAnswer(text);
  });

  test('for elements nested deeper than any call stack', async () => {
    const depth = 50_000;
    const open = '<Directory Id="TARGETDIR" Name="SourceDir">'.repeat(depth);
    await expectAnswer(
      `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment>${open}${'</Directory>'.repeat(depth)}</Fragment></Wix>`,
    );
  });

  test.each([
    ['directives', `${'<?if 1 = 1?>'.repeat(20_000)}${'<?endif?>'.repeat(20_000)}`, 'WIX1005'],
    ['parentheses', `<?if ${'('.repeat(20_000)}1${')'.repeat(20_000)}?><?endif?>`, 'WIX1008'],
  ])('for %s nested deeper than any call stack', async (_, content, code) => {
    const result = await compileText(`<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">${content}</Wix>`);
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  test("for directories that are each other's parents", async () => {
    const knot =
      '<DirectoryRef Id="A"><Directory Id="B" Name="B" /></DirectoryRef><DirectoryRef Id="B"><Directory Id="A" Name="A"><Component Id="C" Feature="F"><File Source="payload/relay.ico" /></Component></Directory></DirectoryRef>';
    const result = await compileText(product(`<Feature Id="F" />${knot}`), { files });
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      'Cannot link Directory "B": it is its own ancestor',
      'Cannot link Directory "A": it is its own ancestor',
    ]);
  });

  test('for loops that would make a billion elements', async () => {
    const list = Array.from({ length: 1000 }, (_, index) => index).join(';');
    const loops = ['a', 'b', 'c'].map((name) => `<?foreach ${name} in ${list}?>`).join('');
    const result = await compileText(
      `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">${loops}<Fragment />${'<?endforeach?>'.repeat(3)}</Wix>`,
    );
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['WIX1012']);
  });
});
