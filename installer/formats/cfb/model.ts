import type { ByteSource, RandomAccessSource } from '../byte-source.ts';

/** A stream to write: `name` goes into the directory as it is (MSI names are mangled before). */
export interface CfbStreamInput {
  readonly name: string;
  readonly source: ByteSource;
}

export interface CfbInput {
  /** Class of the root entry, 16 bytes as they stand in the file. */
  readonly clsid: Uint8Array;
  readonly streams: readonly CfbStreamInput[];
}

/** A stream that was read; its bytes are fetched when asked for. */
export interface CfbStream extends RandomAccessSource {
  readonly name: string;
}

export interface CfbStorage {
  /** `Root Entry` for the file's own storage. */
  readonly name: string;
  readonly clsid: Uint8Array;
  /** In the order of the directory tree. */
  readonly streams: readonly CfbStream[];
  readonly storages: readonly CfbStorage[];
}
