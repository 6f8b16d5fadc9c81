import type { ByteSource } from '../byte-source.ts';

/**
 * The logical content of an MSI database: what the compiler hands to the writer and what the reader returns.
 * Nothing here knows about string ids, biases or stream names; `codec` files do.
 */
export type ColumnKind = 'string' | 'int16' | 'int32' | 'binary';

export interface MsiColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Largest length of a string in characters, 0 = unlimited. Always 0 for the other kinds. */
  readonly width: number;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly localizable: boolean;
}

/** A binary cell: the bytes live in a stream named `Table.key1[.key2…]`. */
export interface BinaryCell {
  readonly binary: ByteSource;
}

/** An empty string cannot be stored in an MSI: it is null. */
export type MsiCell = string | number | null | BinaryCell;
export type MsiRow = readonly MsiCell[];

export interface MsiTable {
  readonly name: string;
  /** Key columns first and contiguous. */
  readonly columns: readonly MsiColumn[];
  readonly rows: readonly MsiRow[];
}

/** Summary Information; absent members are not written. Source: Windows Installer "Summary Information Stream Property Set". */
export interface SummaryInformation {
  /** ANSI code page of the strings below. Never 65001: Windows refuses it here. */
  readonly codePage: number;
  readonly title?: string;
  readonly subject?: string;
  readonly author?: string;
  readonly keywords?: string;
  readonly comments?: string;
  /** `platform;language`, such as `x64;1033`. */
  readonly template?: string;
  readonly lastSavedBy?: string;
  /** Package code, an upper-case GUID in braces. */
  readonly revisionNumber?: string;
  readonly createdAt?: Date;
  readonly lastSavedAt?: Date;
  /** Minimum Windows Installer version times 100. */
  readonly pageCount?: number;
  readonly wordCount?: number;
  /** Transforms only: validation flags << 16 | error flags. */
  readonly characterCount?: number;
  readonly creatingApplication?: string;
  /** 0 none, 2 read-only recommended, 4 read-only enforced. */
  readonly security?: number;
}

export interface MsiDatabase {
  /** Code page of the string pool: 0 (ASCII only), an ANSI page or 65001. */
  readonly codePage: number;
  readonly summary: SummaryInformation;
  readonly tables: readonly MsiTable[];
  /** Streams that belong to no table cell, such as embedded cabinets, by their logical (unmangled) name. */
  readonly streams: ReadonlyMap<string, ByteSource>;
}
