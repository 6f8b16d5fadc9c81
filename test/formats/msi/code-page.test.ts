import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText, isAnsiCodePage, textDecoder } from '../../../installer/formats/msi/code-page.ts';

const ANSI = [874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258];

describe('encodeText', () => {
  const vectors: [number, string, string][] = [
    [1252, 'Café €', '436166e92080'],
    [1250, 'Łódź', 'a3f3649f'],
    [1251, 'Жук', 'c6f3ea'],
    [1253, 'Ω', 'd9'],
    [874, 'ก', 'a1'],
    [932, '日本ｱ①ⅰ￢', '93fa967bb18740fa4081ca'],
    [936, '中文€', 'd6d0cec480'],
    [949, '한똠a힝', 'c7d18c6361c8fe'],
    [949, '갂갋땿떀힣', '814181458b958b96c652'],
    [950, '中文', 'a4a4a4e5'],
    [65001, '中€😀', 'e4b8ade282acf09f9880'],
    [0, 'plain', '706c61696e'],
  ];
  test.each(vectors)('writes page %i as Windows does: %s', (codePage, text, hex) => {
    expect(Buffer.from(encodeText(text, codePage)).toString('hex')).toBe(hex);
    expect(textDecoder(codePage)(encodeText(text, codePage))).toBe(text);
  });

  test.each([
    [0, 'é', 'U+00E9'],
    [1252, 'Ж', 'U+0416'],
    [1251, '中', 'U+4E2D'],
    [932, '😀', 'U+1F600'],
    [65001, '\ud800', 'U+D800'],
  ])('names text, page and character when page %i lacks %s', (codePage, text, hex) => {
    expect(() => encodeText(`a${text}`, codePage)).toThrow(`code page ${codePage}`);
    expect(() => encodeText(`a${text}`, codePage)).toThrow(`lacks ${hex}`);
    expect(() => encodeText(`a${text}`, codePage)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  test('refuses U+0000, which ends a string for every reader', () => {
    expect(() => encodeText('a\0b', 1252)).toThrow('U+0000');
  });

  test('either refuses text or gives bytes that decode to it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ANSI, 65001), fc.string({ unit: 'grapheme' }), (codePage, text) => {
        try {
          expect(textDecoder(codePage)(encodeText(text, codePage))).toBe(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-input' });
        }
      }),
    );
  });
});

describe('textDecoder', () => {
  test.each(ANSI)(
    'page %i: every character it decodes from one byte is encoded to a code of the same meaning',
    (codePage) => {
      const decode = textDecoder(codePage);
      for (let byte = 1; byte < 256; byte++) {
        const text = decode(Uint8Array.of(byte));
        if (!text.includes('\ufffd')) expect(decode(encodeText(text, codePage))).toBe(text);
      }
      expect(isAnsiCodePage(codePage)).toBe(true);
    },
  );

  test('replaces bytes that are no text, and refuses unknown pages', () => {
    expect(textDecoder(65001)(Uint8Array.of(0x61, 0xff))).toBe('a\ufffd');
    expect(() => textDecoder(1200)).toThrow('code page is 1200');
  });
});
