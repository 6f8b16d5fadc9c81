import { type ByteSource, bytesSource } from '../byte-source.ts';
import { type CfbStreamInput, encodeCfb } from '../cfb/index.ts';
import { encodeColumnType } from '../msi/column-type.ts';
import { COLUMNS, STRING_DATA, STRING_POOL, SUMMARY_STREAM, TABLES } from '../msi/constants.ts';
import { encodeSummary } from '../msi/encode-summary.ts';
import { encodeCell } from '../msi/encode-table.ts';
import type { ColumnKind, MsiCell, MsiColumn, MsiRow } from '../msi/model.ts';
import { encodeStreamName, encodeTableStreamName } from '../msi/stream-name.ts';
import { StringPool } from '../msi/string-pool.ts';
import { cellSize } from '../msi/table-stream.ts';
import { COLUMNS_COLUMNS, TABLES_COLUMNS } from './catalog-columns.ts';
import { INSERT_BIT, MASK_COLUMNS, mstError, TRANSFORM_CLASS } from './constants.ts';
import type { MsiTransform, RowChange, TableChange } from './model.ts';

/** A cell as it will be written, once the size of a string reference is known; masks take two bytes. */
interface Field {
  readonly kind: ColumnKind;
  readonly stored: number;
}

/**
 * The bytes of a transform: equal transforms give equal bytes. `columnsOf` gives the columns of the tables that it changes,
 * as they are after the change. Throws `FormatError` (`invalid-input`) for a table without columns, a cell that its column
 * cannot hold and a changed cell behind the 16th column, which the format cannot name.
 */
export function encodeTransform(
  transform: MsiTransform,
  columnsOf: (table: string) => readonly MsiColumn[] | undefined,
): ByteSource {
  const encoder = new TransformEncoder();
  for (const change of transform.tables) encoder.addDefinition(change);
  for (const { name, kind, addedColumns, rows } of transform.tables) {
    if (rows.length === 0) continue;
    const columns = kind === 'added' ? addedColumns : columnsOf(name);
    if (columns === undefined)
      throw mstError('invalid-input', `Cannot encode table "${name}": its columns are not known`);
    for (const row of rows) encoder.addRow(name, columns, row);
  }
  return encodeCfb({ clsid: TRANSFORM_CLASS, streams: encoder.streams(transform) });
}

class TransformEncoder {
  readonly #strings = new StringPool();
  readonly #tables = new Map<string, Field[]>();
  readonly #binaries: CfbStreamInput[] = [];

  addDefinition({ name, kind, addedColumns }: TableChange): void {
    if (kind === 'added') this.addRow(TABLES, TABLES_COLUMNS, { kind: 'insert', row: [name] });
    if (kind === 'removed') this.addRow(TABLES, TABLES_COLUMNS, { kind: 'delete', key: [name] });
    for (const column of addedColumns) {
      const row = [name, null, column.name, signed(encodeColumnType(column))];
      this.addRow(COLUMNS, COLUMNS_COLUMNS, { kind: 'insert', row });
    }
  }

  addRow(table: string, columns: readonly MsiColumn[], change: RowChange): void {
    const fields = this.#tables.get(table) ?? [];
    this.#tables.set(table, fields);
    const keyCount = columns.filter(({ primaryKey }) => primaryKey).length;
    const { mask, cells } = layOut(change, columns, keyCount);
    fields.push({ kind: 'binary', stored: mask });
    for (const [position, cell] of cells) {
      const column = columns[position];
      if (column === undefined)
        throw mstError('invalid-input', `Cannot encode table "${table}": a row has too many cells`);
      fields.push({ kind: column.kind, stored: this.#store(cell, column, { table, key: keyOf(change, keyCount) }) });
    }
  }

  streams({ codePage, summary }: MsiTransform): CfbStreamInput[] {
    const { referenceSize } = this.#strings;
    const { pool, data } = this.#strings.encode(codePage);
    const tables = [...this.#tables].map(([name, fields]) => [name, serialize(fields, referenceSize)] as const);
    const all = [...tables, [STRING_POOL, pool] as const, [STRING_DATA, data] as const];
    return [
      ...all.map(([name, bytes]) => ({ name: encodeTableStreamName(name), source: bytesSource(bytes) })),
      { name: SUMMARY_STREAM, source: bytesSource(encodeSummary(summary)) },
      ...this.#binaries,
    ];
  }

  #store(cell: MsiCell, column: MsiColumn, { table, key }: { table: string; key: MsiRow }): number {
    if (column.kind === 'binary' && cell !== null && typeof cell === 'object') {
      this.#binaries.push({ name: encodeStreamName([table, ...key].join('.')), source: cell.binary });
      return 1;
    }
    const where = () => `table "${table}", row ${JSON.stringify(key)}, column "${column.name}"`;
    return encodeCell(cell, column, { strings: this.#strings, where });
  }
}

function keyOf(change: RowChange, keyCount: number): MsiRow {
  return change.kind === 'insert' ? change.row.slice(0, keyCount) : change.key;
}

/** The mask and the cells of a record, by position. */
function layOut(
  change: RowChange,
  columns: readonly MsiColumn[],
  keyCount: number,
): { mask: number; cells: (readonly [number, MsiCell])[] } {
  if (change.kind === 'insert') {
    const cells = columns.map((_, position) => [position, change.row[position] ?? null] as const);
    return { mask: INSERT_BIT | (columns.length << 8), cells };
  }
  const key = change.key.slice(0, keyCount).map((cell, position) => [position, cell] as const);
  if (change.kind === 'delete') return { mask: 0, cells: key };
  const changed = [...change.cells].sort(([left], [right]) => left - right);
  const outside = changed.find(([position]) => position < keyCount || position >= MASK_COLUMNS);
  if (outside !== undefined || changed.length === 0) {
    const wanted = `wanted columns ${keyCount + 1} to ${MASK_COLUMNS}`;
    throw mstError(
      'invalid-input',
      `Cannot encode an update: it changes column ${(outside?.[0] ?? -1) + 1}, ${wanted}`,
    );
  }
  return { mask: changed.reduce((mask, [position]) => mask | (1 << position), 0), cells: [...key, ...changed] };
}

function serialize(fields: readonly Field[], referenceSize: 2 | 3): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((size, { kind }) => size + cellSize(kind, referenceSize), 0));
  let at = 0;
  for (const { kind, stored } of fields) {
    let rest = stored;
    for (let left = cellSize(kind, referenceSize); left > 0; left--) {
      bytes[at++] = rest & 0xff;
      rest = Math.floor(rest / 0x100);
    }
  }
  return bytes;
}

/** The type word is a 16-bit integer like any other, and so has a sign. */
function signed(word: number): number {
  return (word << 16) >> 16;
}
