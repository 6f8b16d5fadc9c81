import type { ByteSource } from '../byte-source.ts';

/** A file to put into a cabinet. Members are stored in the order given. */
export interface CabinetMember {
  /** For an MSI: the key of the File row, same case. */
  readonly name: string;
  readonly source: ByteSource;
  /** Stored as DOS date and time of its UTC parts: two-second steps, 1980 to 2107. */
  readonly modifiedAt: Date;
  /** DOS attribute bits (read-only 1, hidden 2, system 4, archive 0x20); archive when absent. */
  readonly attributes?: number;
  /** Members with the same key have the same bytes (the caller's promise): they are stored once. */
  readonly contentKey?: string;
}

export interface CabinetOptions {
  /** `mszip` unless told otherwise. */
  readonly compression?: 'mszip' | 'none';
  /** Deflate level 1 to 9; 5 unless told otherwise (docs/decisions/0004-one-deflate-stream-for-many-cabinet-blocks.md). */
  readonly level?: number;
  /** Segments of 2 MB being compressed at one time; bounds memory at about 5 MB each. The result is the same. */
  readonly segmentsInFlight?: number;
  /** Told after every segment that was written, in uncompressed bytes. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export interface CabinetSummary {
  readonly sizeBytes: number;
  readonly folderCount: number;
  readonly memberCount: number;
}

/** A member of a cabinet that was read. Its bytes are decoded, and their checksums verified, when asked for. */
export interface CabinetEntry {
  readonly name: string;
  readonly sizeBytes: number;
  /** The DOS date and time taken as UTC. */
  readonly modifiedAt: Date;
  readonly attributes: number;
  /** Cheap when members are read in stored order: blocks decode one after another. */
  readonly source: ByteSource;
}

export interface Cabinet {
  /** In stored order. */
  readonly members: readonly CabinetEntry[];
}
