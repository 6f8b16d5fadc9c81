import type { RandomAccessReader, RandomAccessSource } from '../byte-source.ts';
import type { MsiDatabase } from './model.ts';

/** A database that was read: its streams can be read at any place, so `readCabinet` takes them as they are. */
export interface MsiContent extends MsiDatabase {
  readonly streams: ReadonlyMap<string, RandomAccessSource>;
}

/** Reads a whole database; binary cells and streams stay lazy. Throws `FormatError` for bytes that are no database. */
export async function decodeMsi(reader: RandomAccessReader): Promise<MsiContent> {
  throw new Error(`Cannot decode ${reader.sizeBytes} bytes yet`);
}
