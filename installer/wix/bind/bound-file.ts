import type { PayloadFile } from '../file-resolver.ts';
import type { FileSymbol } from '../symbols.ts';

/** A File element whose content is known and that has its place on a medium. */
export interface BoundFile {
  readonly symbol: FileSymbol;
  readonly payload: PayloadFile;
  /** Null for a versioned file. */
  readonly md5: Uint8Array | null;
  /** Lower-case hexadecimal; files with equal content have equal ones. */
  readonly sha256: string;
  /** From the executable's version resource or as authored; null for an unversioned file. */
  readonly version: string | null;
  readonly language: string | null;
  readonly diskId: number;
  readonly sequence: number;
  /** Whether it is in a cabinet. */
  readonly compressed: boolean;
}

/** What reading a file tells, before it has a place. */
export type ReadFile = Omit<BoundFile, 'diskId' | 'sequence' | 'compressed'>;
