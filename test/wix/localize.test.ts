/** Localization files and the variables that are resolved after the preprocessor. */
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { replaceReferences } from '../../installer/wix/localize/variable-reference.ts';
import { type CompileTextOptions, compileText, component, executable, mustCompile, product, rows } from './support.ts';

const wxl = (file: string, attributes: string, content: string) => ({
  file,
  text: `<WixLocalization ${attributes} xmlns="http://schemas.microsoft.com/wix/2006/localization">${content}</WixLocalization>`,
});
const english = wxl('en.wxl', 'Culture="en-us"', '<String Id="Hello">Hello</String><String Id="Bye">Bye</String>');
const german = wxl('de.wxl', 'Culture="de-de" Codepage="1252"', '<String Id="Hello">Grüß Gott</String>');

async function valueOfX(content: string, options?: CompileTextOptions) {
  const compiled = mustCompile(await compileText(product(content), options));
  return rows(compiled, 'Property').find((row) => row.Property === 'X')?.Value;
}

async function complaints(text: string, options?: CompileTextOptions): Promise<string[]> {
  return (await compileText(text, options)).diagnostics.map(formatDiagnostic);
}

describe('replaceReferences()', () => {
  const resolve = ({ name, fallback }: { name: string; fallback: string | undefined }) =>
    name === 'A' ? 'a' : fallback;
  test.each([
    ['x!(loc.A)y', 'xay'],
    ['!(loc.B)', '!(loc.B)'],
    ['!(wix.B=c d)', 'c d'],
    ['!!(loc.A)', '!(loc.A)'],
    ['!(bind.A)!(loc.A)', '!(bind.A)a'],
    ['!(bindpath.A)', '!(bindpath.A)'],
    ['!(loc.A', '!(loc.A'],
  ])('turns %s into %s', (text, expected) => {
    expect(replaceReferences(text, ['loc', 'wix'], { resolve, last: true })).toBe(expected);
  });
});

describe('localization', () => {
  const hello = '<Property Id="X" Value="!(loc.Hello), all" />';

  test('takes the strings of the wanted culture and its code page', async () => {
    const options = { localizations: [english, german], cultures: ['de-DE'] };
    const compiled = mustCompile(await compileText(product(hello), options));
    expect(rows(compiled, 'Property').find((row) => row.Property === 'X')?.Value).toBe('Grüß Gott, all');
    expect(compiled.database.codePage).toBe(1252);
  });

  test('prefers the earlier culture where strings are overridable', async () => {
    const soft = (culture: string, text: string) =>
      wxl(culture, `Culture="${culture}"`, `<String Id="Hello" Overridable="yes">${text}</String>`);
    const options = { localizations: [soft('fr-fr', 'Salut'), soft('en-us', 'Hi')], cultures: ['en-us', 'fr-fr'] };
    expect(await valueOfX(hello, options)).toBe('Hi, all');
  });

  test('serves numbers and whole attributes', async () => {
    const file = wxl('a.wxl', '', '<String Id="Lang">1031</String><String Id="Level">3</String>');
    const text = product('<Feature Id="F" Level="!(loc.Level)" />').replace('"1033"', '"!(loc.Lang)"');
    const compiled = mustCompile(await compileText(text, { localizations: [file] }));
    expect(rows(compiled, 'Feature')).toEqual([{ Feature: 'F', Display: 2, Level: 3, Attributes: 0 }]);
    expect(rows(compiled, 'Property')).toContainEqual({ Property: 'ProductLanguage', Value: '1031' });
  });

  test('names a string that is missing, at its place, only where it is linked', async () => {
    const fragment = '</Product><Fragment><Property Id="Y" Value="!(loc.None)" /></Fragment><Product>';
    expect(await complaints(product(hello.replace('Hello', 'Helo')), { localizations: [english] })).toEqual([
      'in.wxs:4:18: error WIX1015: Cannot localize "!(loc.Helo)": no localization file of the chosen cultures has it (did you mean "Hello"?)',
    ]);
    const unlinked = product('').replace('</Product>', fragment.replace('<Product>', ''));
    expect(await complaints(unlinked)).toEqual([]);
  });

  test.each([
    ['<Text />', 'WIX2003: Cannot compile element "Text": unknown element'],
    ['<String>a</String>', 'WIX2006: Cannot compile element "String": attribute "Id" is missing'],
    [
      '<String Id="A" Idd="B">a</String>',
      'WIX2005: Cannot use attribute "Idd" on "String": unknown attribute (did you mean "Id"?)',
    ],
    [
      '<String Id="A">a</String><String Id="A">b</String>',
      'WIX4004: Cannot define String "A": it is defined already at a.wxl:1:78',
    ],
  ])('refuses %s in a localization file', async (content, message) => {
    const found = await complaints(product(''), { localizations: [wxl('a.wxl', '', content)] });
    expect(found.map((line) => line.replace(/^\S+ error /, ''))).toEqual([message]);
  });
});

describe('WixVariable', () => {
  test.each([
    ['<WixVariable Id="A" Value="1" /><Property Id="X" Value="v!(wix.A)" />', 'v1'],
    ['<Property Id="X" Value="!(wix.A=none)" />', 'none'],
    [
      '<WixVariable Id="A" Value="soft" Overridable="yes" /><WixVariable Id="A" Value="hard" /><Property Id="X" Value="!(wix.A)" />',
      'hard',
    ],
    [
      '<WixVariable Id="A" Value="[!(wix.B)]" /><WixVariable Id="B" Value="b" /><Property Id="X" Value="!(wix.A)" />',
      '[b]',
    ],
    ['<Property Id="X" Value="!!(wix.A)" />', '!(wix.A)'],
  ])('in %s gives %s', async (content, expected) => {
    expect(await valueOfX(content)).toBe(expected);
  });

  test('gives component GUIDs and file sources', async () => {
    const text = component('<File Id="f" Source="!(wix.Dir)/a.txt" KeyPath="yes" />', 'Guid="!(wix.G)"').replace(
      '<Feature',
      '<WixVariable Id="Dir" Value="d" /><WixVariable Id="G" Value="{5af41d32-a304-4a2a-a32e-2d491e866177}" /><Feature',
    );
    const compiled = mustCompile(await compileText(text, { files: { 'd/a.txt': 'a' } }));
    expect(rows(compiled, 'Component')[0]?.ComponentId).toBe('{5AF41D32-A304-4A2A-A32E-2D491E866177}');
  });

  test.each([
    [
      '<WixVariable Id="Abc" Value="1" /><Property Id="X" Value="!(wix.Abd)" />',
      'WIX5015: Cannot resolve "!(wix.Abd)": nothing gives it a value (did you mean "Abc"?)',
    ],
    [
      '<WixVariable Id="A" Value="!(wix.A)" /><Property Id="X" Value="!(wix.A)" />',
      'WIX5016: Cannot resolve "!(wix.A)": its value refers to itself',
    ],
    [
      '<Feature Id="F" Level="!(wix.A)" />',
      'WIX2007: Cannot use "!(wix.A)" as Feature/@Level: expected an integer from 0 to 32767',
    ],
  ])('%s is explained', async (content, message) => {
    const found = await complaints(product(content));
    expect(new Set(found.map((line) => line.replace(/^\S+ error /, '')))).toEqual(new Set([message]));
  });
});

describe('bind variables', () => {
  test.each([
    ['<Property Id="X" Value="!(bind.property.ProductName) !(bind.Property.productversion)" />', 'P 1.2.3'],
    ['<Property Id="Y" Value="y" /><Property Id="X" Value="[!(bind.property.Y)]" />', '[y]'],
    ['<Property Id="X" Value="!(bind.property.None=n)" />', 'n'],
  ])('%s gives %s', async (content, expected) => {
    expect(await valueOfX(content)).toBe(expected);
  });

  test('give a product the version of its file', async () => {
    const text = component('<File Id="Exe" Source="a.exe" KeyPath="yes" />').replace(
      '"1.2.3"',
      '"!(bind.FileVersion.Exe)"',
    );
    const compiled = mustCompile(await compileText(text, { files: { 'a.exe': executable([3, 4, 5, 6]) } }));
    expect(rows(compiled, 'Property')).toContainEqual({ Property: 'ProductVersion', Value: '3.4.5.6' });
  });

  test('are judged once their value is known', async () => {
    const text = component('<File Id="Exe" Source="a.txt" KeyPath="yes" />').replace(
      '"1.2.3"',
      '"!(bind.FileVersion.Exe)"',
    );
    const found = await complaints(text, { files: { 'a.txt': 'a' } });
    expect(found[0]).toBe(
      'in.wxs:2:1: error WIX2007: Cannot use "" as Product/@Version: expected a version a.b.c[.d] with a and b at most 255, c at most 65535',
    );
  });
});
