import { type ByteSource, bytesSource } from '../byte-source.ts';
import { type CfbStreamInput, encodeCfb } from '../cfb/index.ts';
import { COLUMNS_KINDS, encodeCatalog, TABLES_KINDS } from './catalog.ts';
import { isAnsiCodePage, NEUTRAL, UTF8 } from './code-page.ts';
import { COLUMNS, DATABASE_CLASS, msiError, STRING_DATA, STRING_POOL, SUMMARY_STREAM, TABLES } from './constants.ts';
import { encodeSummary } from './encode-summary.ts';
import { encodeTable } from './encode-table.ts';
import type { MsiDatabase } from './model.ts';
import { encodeStreamName, encodeTableStreamName } from './stream-name.ts';
import { StringPool } from './string-pool.ts';
import { encodeTableStream } from './table-stream.ts';

/**
 * The bytes of a database: equal databases give equal bytes. Tables are encoded at once; binary cells and streams are
 * passed through when the result is read, so a database may be far larger than memory.
 * Throws `FormatError` (`invalid-input`) at once for content that the format cannot hold.
 */
export function encodeMsi(database: MsiDatabase): ByteSource {
  checkDatabase(database);
  const strings = new StringPool();
  const catalog = encodeCatalog(database.tables, strings);
  const tables = database.tables.map((table) => ({ table, encoded: encodeTable(table, strings) }));
  // Only now are all strings counted, and with them the size of a reference known.
  const { referenceSize } = strings;
  const { pool, data } = strings.encode(database.codePage);
  const tableStream = (name: string, bytes: Uint8Array): CfbStreamInput => ({
    name: encodeTableStreamName(name),
    source: bytesSource(bytes),
  });

  const streams: CfbStreamInput[] = [
    tableStream(TABLES, encodeTableStream(catalog.tables, TABLES_KINDS, referenceSize)),
    tableStream(COLUMNS, encodeTableStream(catalog.columns, COLUMNS_KINDS, referenceSize)),
    tableStream(STRING_POOL, pool),
    tableStream(STRING_DATA, data),
    { name: SUMMARY_STREAM, source: bytesSource(encodeSummary(database.summary)) },
  ];
  for (const { table, encoded } of tables) {
    const kinds = table.columns.map((column) => column.kind);
    const bytes = encodeTableStream(encoded.rows, kinds, referenceSize);
    // A table without rows has no stream; checking its name anyway keeps it storable later.
    const stream = tableStream(table.name, bytes);
    if (encoded.rows.length > 0) streams.push(stream);
  }
  const named = [...tables.flatMap(({ encoded }) => encoded.binaries), ...namedStreams(database)];
  checkStreamNames(named.map(({ name }) => name));
  for (const { name, source } of named) streams.push({ name: encodeStreamName(name), source });
  return encodeCfb({ clsid: DATABASE_CLASS, streams });
}

function checkDatabase({ codePage, tables }: MsiDatabase): void {
  if (codePage !== NEUTRAL && codePage !== UTF8 && !isAnsiCodePage(codePage)) {
    const wanted = 'wanted 0 (ASCII only), an ANSI code page or 65001';
    throw msiError('invalid-input', `Cannot encode the database: its code page is ${codePage}, ${wanted}`);
  }
  const seen = new Set([TABLES, COLUMNS, STRING_POOL, STRING_DATA]);
  for (const { name } of tables) {
    if (name === '' || seen.has(name)) {
      throw msiError('invalid-input', `Cannot encode table "${name}": the name is empty, reserved or there twice`);
    }
    seen.add(name);
  }
}

function namedStreams(database: MsiDatabase): CfbStreamInput[] {
  return [...database.streams].map(([name, source]) => ({ name, source }));
}

function checkStreamNames(names: readonly string[]): void {
  const seen = new Set([SUMMARY_STREAM]);
  for (const name of names) {
    if (seen.has(name)) {
      throw msiError('invalid-input', `Cannot encode the database: two streams are called "${name}", wanted one`);
    }
    seen.add(name);
  }
}
