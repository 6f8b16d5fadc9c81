import {
  cfbError,
  DIRECTORY_ENTRY_SIZE,
  HEADER_DIFAT_ENTRIES,
  HEADER_SIZE,
  MINI_SECTOR_SIZE,
  MINI_STREAM_CUTOFF,
} from './constants.ts';

export const SECTOR_SIZE = 512;
const FAT_ENTRIES_PER_SECTOR = SECTOR_SIZE / 4;
/** Windows Installer opens nothing above this, and a version 3 file cannot hold much more. */
const MAX_FILE_SIZE = 0x7fffffff;

/** A run of sectors: everything we write is contiguous. */
export interface SectorRun {
  readonly start: number;
  readonly count: number;
}

/**
 * Where everything goes in a version 3 file, known before a byte is written:
 * header, DIFAT, FAT, directory, mini FAT, mini stream, large streams. Sector numbers count from behind the header.
 */
export interface CfbLayout {
  readonly difat: SectorRun;
  readonly fat: SectorRun;
  readonly directory: SectorRun;
  readonly miniFat: SectorRun;
  readonly miniStream: SectorRun;
  readonly miniSectorCount: number;
  /** By stream, in the order given: sectors, or mini sectors for a size below the cutoff. */
  readonly streams: readonly SectorRun[];
  readonly sectorCount: number;
  readonly fileSize: number;
}

/** Throws `FormatError` (`invalid-input`) when the file would exceed 2 GiB - 1 byte. */
export function planLayout(streamSizes: readonly number[]): CfbLayout {
  const isMini = (size: number) => size < MINI_STREAM_CUTOFF;
  const miniSectorCount = sum(streamSizes.filter(isMini).map((size) => Math.ceil(size / MINI_SECTOR_SIZE)));
  const directoryCount = Math.ceil(((streamSizes.length + 1) * DIRECTORY_ENTRY_SIZE) / SECTOR_SIZE);
  const miniFatCount = Math.ceil(miniSectorCount / FAT_ENTRIES_PER_SECTOR);
  const miniStreamCount = Math.ceil((miniSectorCount * MINI_SECTOR_SIZE) / SECTOR_SIZE);
  const largeCount = sum(streamSizes.filter((size) => !isMini(size)).map((size) => Math.ceil(size / SECTOR_SIZE)));
  const tables = countTables(directoryCount + miniFatCount + miniStreamCount + largeCount);

  let next = 0;
  const take = (count: number): SectorRun => {
    const run = { start: next, count };
    next += count;
    return run;
  };
  const difat = take(tables.difatCount);
  const fat = take(tables.fatCount);
  const directory = take(directoryCount);
  const miniFat = take(miniFatCount);
  const miniStream = take(miniStreamCount);
  let nextMini = 0;
  const streams = streamSizes.map((size) => {
    if (!isMini(size)) return take(Math.ceil(size / SECTOR_SIZE));
    const run = { start: nextMini, count: Math.ceil(size / MINI_SECTOR_SIZE) };
    nextMini += run.count;
    return run;
  });

  const fileSize = HEADER_SIZE + next * SECTOR_SIZE;
  if (fileSize > MAX_FILE_SIZE) {
    const found = `its ${streamSizes.length} streams need ${fileSize} bytes`;
    const cure = 'move payload into cabinets outside the file';
    throw cfbError('invalid-input', `Cannot write the compound file: ${found}, at most ${MAX_FILE_SIZE} fit; ${cure}`);
  }
  return { difat, fat, directory, miniFat, miniStream, miniSectorCount, streams, sectorCount: next, fileSize };
}

/** The FAT covers its own sectors and those of the DIFAT, so the counts settle by iteration. */
function countTables(otherSectors: number): { fatCount: number; difatCount: number } {
  let fatCount = 0;
  let difatCount = 0;
  for (;;) {
    const needed = Math.ceil((otherSectors + fatCount + difatCount) / FAT_ENTRIES_PER_SECTOR);
    if (needed <= fatCount) return { fatCount, difatCount };
    fatCount = needed;
    // The last entry of a DIFAT sector points to the next one.
    difatCount = Math.max(0, Math.ceil((fatCount - HEADER_DIFAT_ENTRIES) / (FAT_ENTRIES_PER_SECTOR - 1)));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
