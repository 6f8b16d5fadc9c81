import { expect, test } from 'vitest';
import { setProperties } from '../../installer/tools/set-properties.ts';
import { database, KEY, table, textColumn } from '../formats/support.ts';

const columns = [textColumn('Property', KEY), textColumn('Value')];
const rows = [
  ['A', '1'],
  ['MsiHiddenProperties', 'OTHER;PASSWORD'],
];
const base = database([table('Property', columns, rows)]);

test('setProperties changes, adds and removes properties, and leaves the database as it was', () => {
  const changed = setProperties(base, ['A=x=y', 'B=2']);
  expect(changed.tables[0]?.rows).toEqual([['A', 'x=y'], rows[1], ['B', '2']]);
  expect(setProperties(base, ['A=']).tables[0]?.rows).toEqual([rows[1]]);
  expect(base.tables[0]?.rows).toEqual(rows);
});

test('setProperties refuses a property that the package hides', () => {
  expect(() => setProperties(base, ['PASSWORD=secret'])).toThrow('"PASSWORD" is hidden by the package');
});

test.each(['A', '=1', '1A=2', 'A B=1'])('setProperties refuses %j', (assignment) => {
  expect(() => setProperties(base, [assignment])).toThrow(`found "${assignment}", wanted NAME=value`);
});

test('setProperties needs a Property table', () => {
  expect(() => setProperties(database([]), ['A=1'])).toThrow('the MSI has no Property table');
});
