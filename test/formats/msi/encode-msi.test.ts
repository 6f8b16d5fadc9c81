import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { readCabinet } from '../../../installer/formats/cab/index.ts';
import { FormatError } from '../../../installer/formats/format-error.ts';
import {
  decodeMsi,
  encodeMsi,
  type MsiCell,
  type MsiColumn,
  type MsiTable,
} from '../../../installer/formats/msi/index.ts';
import { checkMsiBytes } from '../../support/windows-strict.ts';
import {
  column,
  comparable,
  database,
  KEY,
  NULLABLE,
  sampleBytes,
  samplePackage,
  surviveMutations,
  table,
  textColumn,
} from '../support.ts';

const key = textColumn('Key', KEY);

describe('encodeMsi', () => {
  test('keeps a package, and writes what Windows takes', async () => {
    const content = await samplePackage();
    const source = encodeMsi(content);
    const bytes = await readAll(source);
    expect(bytes.byteLength).toBe(source.sizeBytes);
    expect(checkMsiBytes(bytes)).toEqual([]);
    expect(await comparable(await decodeMsi(bytesReader(bytes)))).toEqual(await comparable(content));
  });

  test('gives equal bytes for equal content, and each time it is read', async () => {
    const source = encodeMsi(await samplePackage());
    const first = await readAll(source);
    expect(await readAll(source)).toEqual(first);
    expect(await readAll(encodeMsi(await samplePackage()))).toEqual(first);
  });

  test.each([0, 936, 65001])('keeps text in code page %i', async (codePage) => {
    const text = codePage === 0 ? 'plain' : '中文';
    const content = database([table('Property', [key, textColumn('Value')], [['A', text]])], { codePage });
    const bytes = await readAll(encodeMsi(content));
    expect(checkMsiBytes(bytes)).toEqual([]);
    expect(await comparable(await decodeMsi(bytesReader(bytes)))).toEqual(await comparable(content));
  });

  test('sorts rows by stored key, not by text', async () => {
    const rows = ['z', 'a', 'm'].map((name, index) => [name, -index]);
    const content = database([table('T', [key, column('N', 'int16')], rows)]);
    const read = await decodeMsi(bytesReader(await readAll(encodeMsi(content))));
    // Ids follow first use, so the order given is the stored one.
    expect(read.tables[0]?.rows).toEqual([
      ['z', 0],
      ['a', -1],
      ['m', -2],
    ]);
    const numbers = database([table('N', [column('Id', 'int16', KEY)], [[5], [-5], [0]])]);
    expect((await decodeMsi(bytesReader(await readAll(encodeMsi(numbers))))).tables[0]?.rows).toEqual([[-5], [0], [5]]);
  });

  test('stores a value longer than its column, unless it is a key', async () => {
    const columns = [key, textColumn('Value', { width: 5 })];
    const long = 'x'.repeat(300);
    expect(checkMsiBytes(await readAll(encodeMsi(database([table('T', columns, [['a', long]])]))))).toEqual([]);
    expect(() => encodeMsi(database([table('T', columns, [[long, 'a']])]))).toThrow('the key has 300 characters');
  });

  test('keeps more than 65,535 strings and a string of 140,000 bytes', async () => {
    const rows: MsiCell[][] = Array.from({ length: 66_000 }, (_, index) => [`key${index}`, index - 33_000]);
    const content = database([
      table('Many', [key, column('N', 'int32')], rows),
      table('Long', [key, textColumn('Text', { width: 0 })], [['long', 'ab'.repeat(70_000)]]),
    ]);
    const bytes = await readAll(encodeMsi(content));
    expect(checkMsiBytes(bytes)).toEqual([]);
    expect(await comparable(await decodeMsi(bytesReader(bytes)))).toEqual(await comparable(content));
  });

  test('keeps any database', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyTable(), { maxLength: 4, selector: ({ name }) => name }), async (tables) => {
        const content = database(tables);
        const bytes = await readAll(encodeMsi(content));
        expect(checkMsiBytes(bytes)).toEqual([]);
        expect(await comparable(await decodeMsi(bytesReader(bytes)))).toEqual(await comparable(content));
      }),
      { numRuns: 100 },
    );
  });

  const one = (columns: MsiColumn[], row: MsiCell[], name = 'T') => [table(name, columns, [row])];
  const refused: [string, string, MsiTable[]][] = [
    ['a key twice', 'table "T", row 3: its key "a" is also that of row 1', [table('T', [key], [['a'], ['b'], ['a']])]],
    [
      'a null that is not allowed',
      'table "T", row 1, column "V": it is null',
      one([key, textColumn('V')], ['a', null]),
    ],
    ['an empty string for it', 'column "V": it is null or empty', one([key, textColumn('V')], ['a', ''])],
    ['a number above int16', 'column "V": found 32768', one([key, column('V', 'int16')], ['a', 32_768])],
    ['-32768, which would be null', 'found -32768', one([key, column('V', 'int16')], ['a', -32_768])],
    ['a number above int32', 'found 2147483648', one([key, column('V', 'int32')], ['a', 2 ** 31])],
    ['a fraction', 'found 1.5', one([key, column('V', 'int32')], ['a', 1.5])],
    ['a string for a number', 'found "7"', one([key, column('V', 'int32')], ['a', '7'])],
    ['a number for a string', 'found 7, wanted a string', one([key, textColumn('V')], ['a', 7])],
    ['text for a binary', 'wanted binary data', one([key, column('V', 'binary')], ['a', 'x'])],
    ['a row of another length', 'it has 1 cells, wanted 2', one([key, textColumn('V')], ['a'])],
    ['a table without key', 'no primary key', one([textColumn('V')], ['a'])],
    ['a key behind another column', 'not the first', one([textColumn('V'), key], ['a', 'b'])],
    ['two binary columns', 'share one stream', one([key, column('A', 'binary'), column('B', 'binary')], [])],
    ['a binary key', 'is binary', one([column('V', 'binary', KEY)], [null])],
    ['a column twice', 'a column twice', one([key, textColumn('Key')], ['a', 'b'])],
    ['a table twice', 'there twice', [table('T', [key], []), table('T', [key], [])]],
    ['a reserved name', 'reserved', one([key], ['a'], '_Columns')],
    ['33 columns', 'has 33 columns', one([key, ...Array.from({ length: 32 }, (_, n) => textColumn(`c${n}`))], [])],
    ['a character that the page lacks', 'lacks U+4E2D', one([key], ['中'])],
    ['a table name that is too long', 'wanted 1 to 31', one([key], ['a'], 'x'.repeat(61))],
    [
      'a binary whose key is too long',
      'Binary.xxx',
      one([key, column('V', 'binary')], ['x'.repeat(70), { binary: bytesSource(sampleBytes(1)) }], 'Binary'),
    ],
  ];
  test.each(refused)('refuses %s', (_, text, tables) => {
    const encode = () => encodeMsi(database(tables));
    expect(encode).toThrow(text);
    expect(encode).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(encode).toThrow(FormatError);
  });

  test('refuses two streams of one name', () => {
    const binary = { binary: bytesSource(sampleBytes(1)) };
    const tables = one([key, column('Data', 'binary')], ['a', binary], 'Binary');
    const streams = new Map([['Binary.a', bytesSource(sampleBytes(2))]]);
    expect(() => encodeMsi(database(tables, { streams }))).toThrow('two streams are called "Binary.a"');
  });

  test('refuses a database code page that Windows does not know', () => {
    expect(() => encodeMsi(database([], { codePage: 1200 }))).toThrow('code page is 1200');
  });
});

describe('decodeMsi', () => {
  test('gives streams that readCabinet takes', async () => {
    const read = await decodeMsi(bytesReader(await readAll(encodeMsi(await samplePackage()))));
    const cabinet = read.streams.get('cab1.cab');
    if (cabinet === undefined) throw new Error('the cabinet is missing');
    const { members } = await readCabinet(cabinet);
    expect(members.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['zFile', 70_000],
      ['aFile', 100],
      ['empty', 0],
    ]);
    expect([...read.streams.keys()]).toEqual(['cab1.cab']);
  });

  test('survives 2,000 damaged databases', async () => {
    const content = database([
      table(
        'T',
        [key, column('N', 'int16', NULLABLE), textColumn('V', NULLABLE)],
        [
          ['a', 1, 'x'],
          ['b', null, null],
        ],
      ),
      table('Binary', [key, column('Data', 'binary')], [['b', { binary: bytesSource(sampleBytes(5000)) }]]),
    ]);
    const bytes = await readAll(encodeMsi(content));
    const refused = await surviveMutations(bytes, 2000, async (damaged) =>
      comparable(await decodeMsi(bytesReader(damaged))),
    );
    expect(refused).toBeGreaterThan(300);
  });
});

/** Tables of any shape: one or two key columns, up to four others. */
function anyTable(): fc.Arbitrary<MsiTable> {
  const identifier = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
  const kinds = fc.constantFrom('string', 'int16', 'int32', 'binary') as fc.Arbitrary<MsiColumn['kind']>;
  const others = fc.array(fc.record({ kind: kinds, nullable: fc.boolean(), localizable: fc.boolean() }), {
    maxLength: 4,
  });
  const keyKinds = fc.array(fc.constantFrom('string', 'int16') as fc.Arbitrary<MsiColumn['kind']>, {
    minLength: 1,
    maxLength: 2,
  });
  return fc.tuple(identifier, keyKinds, others).chain(([name, keys, rest]) => {
    // Binary cells of one row share a stream name, so a table has one such column at most.
    const firstBinary = rest.findIndex(({ kind }) => kind === 'binary');
    const columns = [
      ...keys.map((kind, index) => column(`K${index}`, kind, KEY)),
      ...rest
        .filter(({ kind }, index) => kind !== 'binary' || index === firstBinary)
        .map(({ kind, ...extra }, index) =>
          column(`C${index}`, kind, kind === 'string' ? extra : { nullable: extra.nullable }),
        ),
    ];
    const rows = fc.uniqueArray(fc.tuple(...columns.map((definition) => anyCell(definition, identifier))), {
      maxLength: 12,
      selector: (row) => JSON.stringify(row.slice(0, keys.length)),
    });
    return rows.map((cells) => ({ name: `T${name}`, columns, rows: cells }));
  });
}

function anyCell({ kind, nullable, primaryKey }: MsiColumn, identifier: fc.Arbitrary<string>): fc.Arbitrary<MsiCell> {
  const values: Record<MsiColumn['kind'], fc.Arbitrary<MsiCell>> = {
    string: primaryKey ? identifier : fc.stringMatching(/^[ -~é€]{1,20}$/),
    int16: fc.integer({ min: -32_767, max: 32_767 }),
    int32: fc.integer({ min: -2_147_483_647, max: 2_147_483_647 }),
    binary: fc.nat(6000).map((size) => ({ binary: bytesSource(sampleBytes(size, size)) })),
  };
  return nullable ? fc.option(values[kind]) : values[kind];
}
