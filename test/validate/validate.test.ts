import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader, readAll } from '../../installer/formats/byte-source.ts';
import { decodeMsi, encodeMsi, type MsiCell, type MsiDatabase } from '../../installer/formats/msi/index.ts';
import { formatFinding, rules, validateDatabase } from '../../installer/validate/index.ts';
import { base, Edit, places } from './support.ts';

const broken = new Edit().remove('Property', 'Manufacturer').remove('Registry', 'Messages').database;

describe('validateDatabase()', () => {
  test('leaves out the rules that are suppressed', () => {
    expect(places(validateDatabase(broken))).toEqual(['error Property:Manufacturer', 'warning ServiceInstall:Relay']);
    expect(places(validateDatabase(broken, { suppress: ['ICE05'] }))).toEqual(['warning ServiceInstall:Relay']);
  });

  test('makes errors of warnings when asked to', () => {
    const findings = validateDatabase(broken, { warningsAsErrors: true });
    expect(findings.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  test('says the same of a database that was written and read', async () => {
    const bytes = await readAll(encodeMsi(broken));
    expect(validateDatabase(await decodeMsi(bytesReader(bytes)))).toEqual(validateDatabase(broken));
  });

  test('has something to say about a database without tables, and ends', () => {
    const empty: MsiDatabase = { codePage: 0, summary: { codePage: 0 }, tables: [], streams: new Map() };
    expect(new Set(validateDatabase(empty).map(({ rule }) => rule))).toEqual(
      new Set(['ICE05', 'ICE26', 'ICE39', 'ICE82', 'ICE96']),
    );
  });

  test('ends for folders in a circle', () => {
    const circle = new Edit()
      .set('Directory', 'INSTALLDIR', { Directory_Parent: 'DATAFOLDER' })
      .set('Directory', 'DATAFOLDER', { Directory_Parent: 'INSTALLDIR' }).database;
    expect(validateDatabase(circle)).toBeInstanceOf(Array);
  });

  test('takes any cell in any place', () => {
    const places = base.tables.flatMap(({ rows, columns }, table) =>
      rows.flatMap((_, row) => columns.map((_column, column) => [table, row, column] as const)),
    );
    const cell: fc.Arbitrary<MsiCell> = fc.oneof(
      fc.constant(null),
      fc.integer({ min: -2147483647, max: 2147483647 }),
      fc.string(),
      fc.constantFrom('[', '[~]', '|', ':', '#x', 'D:(', '(', '{}', '"', '[#x]', 'TARGETDIR'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), cell, ([table, row, column], value) => {
        const tables = base.tables.map((stored, index) =>
          index === table
            ? { ...stored, rows: stored.rows.with(row, (stored.rows[row] ?? []).with(column, value)) }
            : stored,
        );
        for (const finding of validateDatabase({ ...base, tables })) expect(formatFinding(finding)).not.toMatch(/\n/);
      }),
    );
  });

  test('looks at 10,000 files in less than two seconds', () => {
    const edit = manyFiles(10_000);
    const startedMs = performance.now();
    expect(validateDatabase(edit)).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });
});

test('numbers of rules are unique and in order', () => {
  const ids = rules.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  expect(new Set(ids).size).toBe(ids.length);
});

test('formatFinding() names place, finding and wish on one line', () => {
  const [finding] = validateDatabase(new Edit().set('File', 'relay.exe', { Version: 'one\ntwo' }).database);
  expect(finding === undefined ? '' : formatFinding(finding)).toBe(
    'error ICE03 File "relay.exe", column Version: found "one two", wanted up to four numbers, each at most 65535, or the key of a row of File',
  );
});

/** The base with further files, each in a component of its own, spread over features. */
function manyFiles(count: number): MsiDatabase {
  const rowsOf = (table: string, make: (index: number) => readonly MsiCell[]) => {
    const stored = base.tables.find(({ name }) => name === table);
    if (stored === undefined) throw new Error(`the base has no ${table}`);
    return { ...stored, rows: [...stored.rows, ...Array.from({ length: count }, (_, index) => make(index))] };
  };
  const guid = (index: number) => `{00000000-0000-0000-0000-${index.toString(16).toUpperCase().padStart(12, '0')}}`;
  const feature = (index: number) => `F${Math.floor(index / 1000)}`;
  const features = base.tables.find(({ name }) => name === 'Feature');
  return new Edit()
    .table(rowsOf('Component', (index) => [`c${index}`, guid(index), 'INSTALLDIR', 256, null, `f${index}`]))
    .table(rowsOf('File', (index) => [`f${index}`, `c${index}`, `f${index}.txt`, 1, null, null, 512, index + 3]))
    .table(rowsOf('FeatureComponents', (index) => [feature(index), `c${index}`]))
    .table({
      name: 'Feature',
      columns: features?.columns ?? [],
      rows: [
        ...(features?.rows ?? []),
        ...Array.from({ length: Math.ceil(count / 1000) }, (_, index) => [
          `F${index}`,
          null,
          null,
          null,
          0,
          1,
          null,
          0,
        ]),
      ],
    })
    .set('Media', '1', { LastSequence: count + 2 }).database;
}
