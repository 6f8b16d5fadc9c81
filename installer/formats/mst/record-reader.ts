import type { ByteSource } from '../byte-source.ts';
import { decodeCell } from '../msi/decode-msi.ts';
import type { MsiCell, MsiColumn } from '../msi/model.ts';
import type { StringTable } from '../msi/read-string-pool.ts';
import { cellSize, MAX_ROWS } from '../msi/table-stream.ts';
import { INSERT_BIT, MASK_COLUMNS, mstError } from './constants.ts';
import type { RowChange } from './model.ts';

/**
 * Records of a table stream in a transform: a mask of 16 bits, then cells one after another. Bit 0: the row is new, and
 * the high byte counts its cells. 0: the row goes, and its key follows. Otherwise the key and the columns of the bits.
 */
export class RecordReader {
  readonly #strings: StringTable;
  readonly #streams: ReadonlyMap<string, ByteSource>;
  /** Names of the streams that cells refer to, so far. */
  readonly claimed = new Set<string>();
  #rowCount = 0;

  constructor(strings: StringTable, streams: ReadonlyMap<string, ByteSource>) {
    this.#strings = strings;
    this.#streams = streams;
  }

  /** Throws `FormatError` (`invalid-data`) for records that the columns do not explain. */
  read(bytes: Uint8Array, table: string, columns: readonly MsiColumn[]): RowChange[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const changes: RowChange[] = [];
    const cursor = { view, at: 0, table };
    while (cursor.at < bytes.byteLength) {
      if (++this.#rowCount > MAX_ROWS) {
        throw mstError('invalid-data', `Cannot read the transform: it has more than ${MAX_ROWS} rows`);
      }
      changes.push(this.#readRecord(cursor, columns));
    }
    return changes;
  }

  #readRecord(cursor: Cursor, columns: readonly MsiColumn[]): RowChange {
    const mask = take(cursor, 2);
    const keyCount = columns.filter(({ primaryKey }) => primaryKey).length;
    if ((mask & INSERT_BIT) !== 0) {
      const count = mask >> 8;
      if (count < keyCount || count > columns.length || count === 0) {
        throw damaged(cursor, `a row has ${count} cells, wanted ${Math.max(keyCount, 1)} to ${columns.length}`);
      }
      const row: MsiCell[] = [];
      for (const column of columns.slice(0, count)) row.push(this.#readCell(cursor, column, row.slice(0, keyCount)));
      return { kind: 'insert', row: [...row, ...columns.slice(count).map(() => null)] };
    }
    const key: MsiCell[] = [];
    for (const column of columns.slice(0, keyCount)) key.push(this.#readCell(cursor, column, key));
    if (keyCount === 0) throw damaged(cursor, 'it has no key column');
    if (mask === 0) return { kind: 'delete', key };
    if (mask >= 2 ** Math.min(columns.length, MASK_COLUMNS)) {
      throw damaged(cursor, `mask ${mask} names columns that it does not have`);
    }
    const cells = new Map<number, MsiCell>();
    columns.slice(0, MASK_COLUMNS).forEach((column, position) => {
      if (position >= keyCount && (mask & (1 << position)) !== 0)
        cells.set(position, this.#readCell(cursor, column, key));
    });
    return { kind: 'update', key, cells };
  }

  #readCell(cursor: Cursor, column: MsiColumn, key: readonly MsiCell[]): MsiCell {
    const stored = take(cursor, cellSize(column.kind, this.#strings.referenceSize));
    if (column.kind !== 'binary' || stored === 0) return decodeCell(stored, { column, strings: this.#strings });
    const name = [cursor.table, ...key].join('.');
    const binary = this.#streams.get(name);
    if (binary === undefined) throw damaged(cursor, `a cell names stream "${name}", which is not there`);
    this.claimed.add(name);
    return { binary };
  }
}

interface Cursor {
  readonly view: DataView;
  readonly table: string;
  at: number;
}

function take(cursor: Cursor, size: number): number {
  if (cursor.at + size > cursor.view.byteLength) throw damaged(cursor, 'it ends inside a record');
  let value = 0;
  for (let byte = size - 1; byte >= 0; byte--) value = value * 0x100 + cursor.view.getUint8(cursor.at + byte);
  cursor.at += size;
  return value;
}

function damaged({ table, at }: Cursor, found: string): Error {
  return mstError('invalid-data', `Cannot read the changes of table "${table}" before byte ${at}: ${found}`);
}
