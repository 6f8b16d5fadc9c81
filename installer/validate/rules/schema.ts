/** ICE06, ICE29, ICE32: the tables themselves. */
import type { DatabaseView, TableView } from '../database-view.ts';
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const ice06: Rule = {
  id: 'ICE06',
  title: 'Columns that _Validation describes exist',
  severity: 'error',
  reason: 'A column is missing, or _Validation was made for another version of the table.',
  *check(db) {
    for (const row of db.rows('_Validation')) {
      const table = db.table(row.text('Table'));
      if (table === undefined || table.columnIndex(row.text('Column')) !== undefined) continue;
      yield {
        at: row.at('Column'),
        found: `no column ${quoted(row.text('Column'))} in table ${table.name}`,
        wanted: 'a column of that name',
        cure: 'Add the column, or remove the row of _Validation.',
      };
    }
  },
};

/** Stream names are cut here; `Table.key` has to differ before. */
const STREAM_NAME_LENGTH = 62;

export const ice29: Rule = {
  id: 'ICE29',
  title: 'Names of streams differ in their first 62 characters',
  severity: 'error',
  reason: 'Windows Installer cuts longer names, so that one stream would replace the other.',
  *check(db) {
    const seen = new Set(db.streamNames.map((name) => name.slice(0, STREAM_NAME_LENGTH)));
    for (const table of db.tables) {
      const binary = table.columns.filter(({ kind }) => kind === 'binary');
      if (binary.length === 0) continue;
      for (const row of table.rows) {
        const name = `${table.name}.${table.keyColumns.map((column) => row.text(column.name)).join('.')}`;
        const cut = name.slice(0, STREAM_NAME_LENGTH);
        if (seen.has(cut)) {
          yield {
            at: row.at(),
            found: `stream ${quoted(cut)} a second time`,
            wanted: 'keys that differ earlier',
            cure: 'Shorten or rename the key.',
          };
        }
        seen.add(cut);
      }
    }
  },
};

export const ice32: Rule = {
  id: 'ICE32',
  title: 'Keys and foreign keys have the same type and size',
  severity: 'error',
  reason: 'A key that does not fit into the column that refers to it can never match.',
  *check(db) {
    for (const row of db.rows('_Validation')) {
      const column = columnOf(db.table(row.text('Table')), row.text('Column'));
      if (column === undefined) continue;
      for (const { tableName, key } of keyColumnsOf(db, row.text('KeyTable'), row.number('KeyColumn'))) {
        if (key.kind === column.kind && key.width === column.width) continue;
        yield {
          at: row.at('KeyColumn'),
          found: `${column.kind} ${column.width} for a key of ${key.kind} ${key.width} in ${tableName}`,
          wanted: 'the same type and size',
          cure: 'Give both columns one definition.',
        };
      }
    }
  },
};

function columnOf(table: TableView | undefined, name: string) {
  return table?.columns.find((column) => column.name === name);
}

function keyColumnsOf(db: DatabaseView, keyTables: string, keyColumn: number) {
  return keyTables.split(';').flatMap((tableName) => {
    const key = db.table(tableName)?.columns[keyColumn - 1];
    return key === undefined ? [] : [{ tableName, key }];
  });
}
