import type { ByteSource } from '../byte-source.ts';
import type { MsiDatabase } from './model.ts';

/** The bytes of `database`, streamed. Throws `FormatError` at once for content that the format cannot hold. */
export function encodeMsi(database: MsiDatabase): ByteSource {
  throw new Error(`Cannot encode ${database.tables.length} tables yet`);
}
