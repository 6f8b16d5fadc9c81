import { describe, expect, test } from 'vitest';
import { decodeSummary } from '../../../installer/formats/msi/decode-summary.ts';
import { encodeSummary } from '../../../installer/formats/msi/encode-summary.ts';
import type { SummaryInformation } from '../../../installer/formats/msi/index.ts';
import { surviveMutations } from '../support.ts';

const full: SummaryInformation = {
  codePage: 1252,
  title: 'Installation Database',
  subject: 'Café',
  author: 'Acme',
  keywords: 'Installer',
  comments: '',
  template: 'x64;1033',
  lastSavedBy: 'x64;1031',
  revisionNumber: '{01234567-89AB-CDEF-0123-456789ABCDEF}',
  createdAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)),
  lastSavedAt: new Date(Date.UTC(1601, 0, 1)),
  pageCount: 500,
  wordCount: 2,
  characterCount: -1,
  creatingApplication: 'Vigil',
  security: 2,
};

describe('encodeSummary', () => {
  test('lays out header, section, code page and string as [MS-OLEPS] says', () => {
    const bytes = Buffer.from(encodeSummary({ codePage: 1252, title: 'abc' }));
    expect(bytes.subarray(0, 28).toString('hex')).toBe(`feff0000${'06000200'}${'00'.repeat(16)}01000000`);
    expect(bytes.subarray(28, 48).toString('hex')).toBe('e0859ff2f94f6810ab9108002b27b3d930000000');
    expect(bytes.subarray(48).toString('hex')).toBe(
      ['2c000000', '02000000', '01000000', '18000000', '02000000', '20000000'].join('') +
        ['02000000', 'e4040000', '1e000000', '04000000', '61626300'].join(''),
    );
  });

  test('keeps every property', () => {
    expect(decodeSummary(encodeSummary(full))).toEqual(full);
    expect(decodeSummary(encodeSummary({ codePage: 932, title: '日本' }))).toEqual({ codePage: 932, title: '日本' });
  });

  test.each([65001, 1200, 437])('refuses code page %i, as Windows does', (codePage) => {
    expect(() => encodeSummary({ codePage })).toThrow(`code page is ${codePage}, wanted an ANSI page`);
  });

  test('refuses what does not fit', () => {
    expect(() => encodeSummary({ codePage: 1252, title: '中' })).toThrow('lacks U+4E2D');
    expect(() => encodeSummary({ codePage: 1252, pageCount: 2 ** 31 })).toThrow('"pageCount" is 2147483648');
    expect(() => encodeSummary({ codePage: 1252, createdAt: new Date(Number.NaN) })).toThrow('"createdAt"');
  });
});

describe('decodeSummary', () => {
  test('reads a code page stored as a negative number', () => {
    const bytes = Buffer.from(encodeSummary({ codePage: 1252 }));
    bytes.writeInt16LE(65001 - 65536, 48 + 16 + 4);
    expect(decodeSummary(bytes).codePage).toBe(65001);
  });

  test('refuses what is no property set', () => {
    expect(() => decodeSummary(new Uint8Array(48))).toThrow('no summary property set');
    expect(() => decodeSummary(encodeSummary(full).subarray(0, 100))).toThrow('behind its own end');
  });

  test('survives 2,000 damaged streams', async () => {
    expect(await surviveMutations(encodeSummary(full), 2000, async (bytes) => decodeSummary(bytes))).toBeGreaterThan(
      300,
    );
  });
});
