import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { encodeCfb, readCfb } from '../../../installer/formats/cfb/index.ts';
import {
  decodeMsi,
  diffDatabases,
  encodeMsi,
  isEmptyDiff,
  type MsiColumn,
  type MsiDatabase,
  type MsiRow,
} from '../../../installer/formats/msi/index.ts';
import { decodeStreamName, encodeTableStreamName } from '../../../installer/formats/msi/stream-name.ts';
import { TRANSFORM_CLASS } from '../../../installer/formats/mst/constants.ts';
import {
  applyTransform,
  decodeTransform,
  encodeTransform,
  failedConditions,
  makeTransform,
  readConditions,
  type TransformOptions,
  VALIDATE,
} from '../../../installer/formats/mst/index.ts';
import { column, database, KEY, NULLABLE, samplePackage, surviveMutations, table, textColumn } from '../support.ts';

type Columns = (name: string) => readonly MsiColumn[] | undefined;
const columnsOf =
  ({ tables }: MsiDatabase): Columns =>
  (name) =>
    tables.find((candidate) => candidate.name === name)?.columns;

const PROPERTY = [textColumn('Property', KEY), textColumn('Value', { width: 0, localizable: true })];
const properties = (values: Readonly<Record<string, string>>, extra: Partial<MsiDatabase> = {}) =>
  database([table('Property', PROPERTY, Object.entries(values))], extra);

async function transformBytes(base: MsiDatabase, changed: MsiDatabase, options?: TransformOptions) {
  return readAll(encodeTransform(await makeTransform(base, changed, options), columnsOf(changed)));
}

/** `base` after a transform that went through its bytes, and through those of the result. */
async function changedThroughFile(base: MsiDatabase, changed: MsiDatabase): Promise<MsiDatabase> {
  const transform = await decodeTransform(bytesReader(await transformBytes(base, changed)), columnsOf(base));
  return decodeMsi(bytesReader(await readAll(encodeMsi(applyTransform(base, transform)))));
}

/** Table streams of a transform by name, as hex; strings by their ids. */
async function rawStreams(bytes: Uint8Array): Promise<Record<string, string>> {
  const { streams } = await readCfb(bytesReader(bytes));
  const entries = streams.map(async (stream) => {
    return [decodeStreamName(stream.name).name, Buffer.from(await readAll(stream)).toString('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('encodeTransform', () => {
  test('writes inserts, updates and deletes as Windows does', async () => {
    const raw = await rawStreams(await transformBytes(properties({ A: '1', B: '2' }), properties({ A: '3', C: '4' })));
    // Deleted: mask 0, key. Changed: bit 1, key, value. New: bit 0 and two cells. Ids in the order of first use.
    expect(raw.Property).toBe('00000100' + '020002000300' + '010204000500');
    expect(Buffer.from(raw._StringData ?? '', 'hex').toString()).toBe('BA3C4');
  });

  test('writes the definition of a new table with columns that have no number', async () => {
    const added = table('T', [column('Id', 'int16', KEY), column('Big', 'int32', NULLABLE)], [[-1, 70_000]]);
    const base = properties({});
    const raw = await rawStreams(await transformBytes(base, { ...base, tables: [...base.tables, added] }));
    expect(raw._Tables).toBe('01010100');
    expect(raw._Columns).toBe('0104' + '0100' + '0000' + '0200' + '02a5' + '0104' + '0100' + '0000' + '0300' + '0491');
    expect(raw.T).toBe('0102' + 'ff7f' + '70110180');
  });

  test('gives equal bytes for equal input, of the class of transforms', async () => {
    const [base, changed] = [await samplePackage(), await changedPackage()];
    const bytes = await transformBytes(base, changed);
    expect(Buffer.compare(bytes, await transformBytes(base, changed))).toBe(0);
    expect((await readCfb(bytesReader(bytes))).clsid).toEqual(TRANSFORM_CLASS);
  });
});

async function changedPackage(): Promise<MsiDatabase> {
  const base = await samplePackage();
  const tables = base.tables
    .filter(({ name }) => name !== 'Empty')
    .map((old) => {
      switch (old.name) {
        case 'Property':
          return {
            ...old,
            rows: [...old.rows.filter(([key]) => key !== 'Manufacturer'), ['Größe', 'Ω'.slice(1) || 'ß']],
          };
        case 'Binary':
          return {
            ...old,
            rows: [
              ['small', { binary: bytesSource(Buffer.from('other')) }],
              ['new', { binary: bytesSource(Buffer.alloc(5000, 3)) }],
            ],
          };
        case 'Numbers':
          return {
            ...old,
            rows: [
              [-2147483647, 5, null],
              [2147483647, null, -70_000],
              [9, 9, 9],
            ],
          };
        case 'Component':
          return { ...old, rows: old.rows.map((row) => row.with(4, 'A=1').with(3, 0)) };
        default:
          return old;
      }
    });
  const added = table(
    'Added',
    [textColumn('Key', KEY), column('N', 'int16', KEY), column('Data', 'binary', NULLABLE)],
    [
      ['a', 1, { binary: bytesSource(Buffer.from('abc')) }],
      ['a', 2, null],
    ],
  );
  return { ...base, tables: [...tables, added] };
}

describe('makeTransform and applyTransform', () => {
  test('turn one database into another, through files', async () => {
    const [base, changed] = [await samplePackage(), await changedPackage()];
    const applied = await changedThroughFile(base, changed);
    const diff = await diffDatabases(applied, changed);
    expect(diff).toEqual({ summary: [], tables: [], streams: [] });
    expect(isEmptyDiff(await diffDatabases(base, changed))).toBe(false);
  });

  test('turn any rows into any others', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '9', 'ä', ' '), minLength: 0, maxLength: 4 });
    const rows = fc.uniqueArray(
      fc.tuple(
        fc.constantFrom('k', 'l', 'm'),
        fc.integer({ min: -3, max: 3 }),
        text,
        fc.option(fc.integer({ min: -70_000, max: 70_000 })),
      ),
      { selector: ([name, number]) => `${name}${number}`, maxLength: 12 },
    );
    const columns = [
      textColumn('K', KEY),
      column('N', 'int16', KEY),
      textColumn('T', NULLABLE),
      column('I', 'int32', NULLABLE),
    ];
    const make = (list: readonly MsiRow[]) => database([table('Any', columns, list)]);
    await fc.assert(
      fc.asyncProperty(rows, rows, async (left, right) => {
        const [base, changed] = [make(left), make(right)];
        expect(await diffDatabases(await changedThroughFile(base, changed), changed)).toMatchObject({ tables: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('carry a changed code page', async () => {
    const [base, changed] = [properties({ A: '1' }), properties({ A: '中' }, { codePage: 936 })];
    expect(await diffDatabases(await changedThroughFile(base, changed), changed)).toMatchObject({ tables: [] });
    expect((await makeTransform(base, properties({ A: '2' }))).codePage).toBe(0);
    expect((await makeTransform(base, properties({ A: 'é' }))).codePage).toBe(1252);
  });

  const base = properties({ A: '1', UpgradeCode: '{U}' });
  const refused: [string, string, MsiDatabase][] = [
    [
      'a changed column',
      'columns of table "Property" differ',
      database([table('Property', [textColumn('Property', KEY)], [])]),
    ],
    [
      'a changed cabinet',
      'stream "a.cab" is added',
      { ...base, streams: new Map([['a.cab', bytesSource(Buffer.of(1))]]) },
    ],
    ['a change to code page 0', 'from 1252 to 0', { ...base, codePage: 0 }],
  ];
  test.each(refused)('refuse %s', async (_, text, changed) => {
    await expect(makeTransform(base, changed)).rejects.toThrow(text);
    await expect(makeTransform(base, changed)).rejects.toMatchObject({ code: 'invalid-input', format: 'mst' });
  });

  test('refuse rows that do not fit, unless the transform passes over them', async () => {
    const changed = properties({ UpgradeCode: '{U}', B: '2' });
    const other = properties({ B: '3', UpgradeCode: '{U}' });
    const tolerant = await makeTransform(base, changed);
    expect(await diffDatabases(applyTransform(other, tolerant), changed)).toMatchObject({ tables: [] });
    const strict = await makeTransform(base, changed, { ignored: 0 });
    expect(() => applyTransform(other, strict)).toThrow('row ["A"] is not there');
    expect(() => applyTransform(properties({ A: '1', B: '3' }), strict)).toThrow('row ["B"] is there already');
    expect(() => applyTransform(database([]), strict)).toThrow('table "Property": it is not there');
  });

  test('refuse to change a cell behind the 16th column', async () => {
    const columns = [
      textColumn('K', KEY),
      ...Array.from({ length: 17 }, (_, at) => column(`C${at}`, 'int16', NULLABLE)),
    ];
    const wide = (last: number) => database([table('Wide', columns, [['k', ...new Array(16).fill(1), last]])]);
    await expect(makeTransform(wide(1), wide(2))).rejects.toThrow('column 18');
  });
});

describe('failedConditions', () => {
  const product = (code: string, version: string) =>
    properties({ ProductCode: code, ProductVersion: version, UpgradeCode: '{U}' });
  const made = async (validation: number) => {
    const base = product('{P}', '1.2.3');
    return readConditions((await makeTransform(base, properties({ A: '1' }), { validation })).summary);
  };

  test('compares product, UpgradeCode and language', async () => {
    const conditions = await made(VALIDATE.product | VALIDATE.upgradeCode | VALIDATE.language);
    expect(conditions).toMatchObject({ before: { productCode: '{P}', version: '1.2.3' }, upgradeCode: '{U}' });
    expect(failedConditions(product('{P}', '9'), conditions)).toEqual([]);
    expect(failedConditions(product('{Q}', '9'), conditions)).toEqual(['its ProductCode is "{Q}", wanted "{P}"']);
    const french = { ...properties({}), summary: { codePage: 1252, template: 'x64;1036' } };
    expect(failedConditions(french, conditions)).toHaveLength(3);
  });

  test('compares versions as far as asked', async () => {
    const minor = await made(VALIDATE.minorVersion | VALIDATE.equalVersion);
    expect(failedConditions(product('{P}', '1.2.9'), minor)).toEqual([]);
    expect(failedConditions(product('{P}', '1.3.3'), minor)).toHaveLength(1);
    const least = await made(VALIDATE.majorVersion | VALIDATE.greaterOrEqualVersion);
    expect(failedConditions(product('{P}', '2.0'), least)).toEqual([]);
    expect(failedConditions(product('{P}', '0.9'), least)).toHaveLength(1);
  });
});

describe('decodeTransform', () => {
  test('leaves tables opaque whose columns nobody knows', async () => {
    const bytes = await transformBytes(properties({ A: '1' }), properties({ A: '2' }));
    const { tables, opaqueTables } = await decodeTransform(bytesReader(bytes), () => undefined);
    expect({ tables, opaqueTables }).toEqual({ tables: [], opaqueTables: [{ name: 'Property', sizeBytes: 6 }] });
  });

  test('adds columns to a table that is there', async () => {
    const strings = {
      _StringPool: 'e4040000' + '01000200' + '01000100',
      _StringData: Buffer.from('TN').toString('hex'),
    };
    const streams = Object.entries({ ...strings, _Columns: '0104' + '0100' + '0000' + '0200' + '0295' }).map(
      ([name, hex]) => ({ name: encodeTableStreamName(name), source: bytesSource(Buffer.from(hex, 'hex')) }),
    );
    const bytes = await readAll(encodeCfb({ clsid: TRANSFORM_CLASS, streams }));
    const base = database([table('T', [textColumn('K', KEY)], [['a']])]);
    const applied = applyTransform(base, await decodeTransform(bytesReader(bytes), columnsOf(base)));
    expect(applied.tables[0]).toEqual(
      table('T', [textColumn('K', KEY), column('N', 'int16', NULLABLE)], [['a', null]]),
    );
  });

  test('refuses a database, and decodeMsi refuses a transform and a merge module', async () => {
    const msi = await readAll(encodeMsi(properties({ A: '1' })));
    await expect(decodeTransform(bytesReader(msi), () => undefined)).rejects.toThrow('of another class');
    const mst = await transformBytes(properties({ A: '1' }), properties({ A: '2' }));
    await expect(decodeMsi(bytesReader(mst))).rejects.toThrow('the file is a transform (.mst)');
    const module = database([table('ModuleSignature', [textColumn('ModuleID', KEY)], [['m']])]);
    const msm = decodeMsi(bytesReader(await readAll(encodeMsi(module))));
    await expect(msm).rejects.toThrow('the file is a merge module (.msm)');
  });

  test('refuses records that the columns do not explain', async () => {
    const bytes = await transformBytes(properties({ A: '1' }), properties({ A: '2' }));
    const one = () => [textColumn('Property', KEY)];
    await expect(decodeTransform(bytesReader(bytes), one)).rejects.toThrow('mask 2 names columns');
    const long = () => [...PROPERTY.slice(0, 1), column('Value', 'int32')];
    await expect(decodeTransform(bytesReader(bytes), long)).rejects.toThrow('ends inside a record');
  });

  test('survives 3,000 damaged transforms', async () => {
    const [base, changed] = [await samplePackage(), await changedPackage()];
    const read = async (bytes: Uint8Array) => {
      const transform = await decodeTransform(bytesReader(bytes), columnsOf(base));
      for (const { rows } of transform.tables) {
        for (const row of rows) {
          const cells = row.kind === 'insert' ? row.row : row.key;
          for (const cell of cells) if (cell !== null && typeof cell === 'object') await readAll(cell.binary);
        }
      }
      await readAll(encodeMsi(applyTransform(base, transform)));
    };
    expect(await surviveMutations(await transformBytes(base, changed), 3000, read)).toBeGreaterThan(500);
  });
});
