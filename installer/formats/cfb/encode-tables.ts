import {
  DIFAT_SECTOR,
  END_OF_CHAIN,
  FAT_SECTOR,
  FREE_SECTOR,
  HEADER_DIFAT_ENTRIES,
  HEADER_SIZE,
  MINI_STREAM_CUTOFF,
  SIGNATURE,
} from './constants.ts';
import { type CfbLayout, SECTOR_SIZE, type SectorRun } from './layout.ts';

const DIFAT_LINK = SECTOR_SIZE - 4;

/** [MS-CFB] 2.2, version 3. */
export function encodeHeader(layout: CfbLayout): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE, 0);
  view.setUint16(24, 0x003e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, layout.fat.count, true);
  view.setUint32(48, layout.directory.start, true);
  view.setUint32(56, MINI_STREAM_CUTOFF, true);
  view.setUint32(60, firstSector(layout.miniFat), true);
  view.setUint32(64, layout.miniFat.count, true);
  view.setUint32(68, firstSector(layout.difat), true);
  view.setUint32(72, layout.difat.count, true);
  for (let index = 0; index < HEADER_DIFAT_ENTRIES; index++) {
    view.setUint32(76 + index * 4, fatSectorAt(layout, index), true);
  }
  return bytes;
}

/** Where the FAT sectors behind the first 109 are. */
export function encodeDifat(layout: CfbLayout): Uint8Array {
  const bytes = new Uint8Array(layout.difat.count * SECTOR_SIZE);
  const view = new DataView(bytes.buffer);
  let fatIndex = HEADER_DIFAT_ENTRIES;
  for (let sector = 0; sector < layout.difat.count; sector++) {
    const base = sector * SECTOR_SIZE;
    for (let at = 0; at < DIFAT_LINK; at += 4) view.setUint32(base + at, fatSectorAt(layout, fatIndex++), true);
    const isLast = sector + 1 === layout.difat.count;
    view.setUint32(base + DIFAT_LINK, isLast ? END_OF_CHAIN : layout.difat.start + sector + 1, true);
  }
  return bytes;
}

export function encodeFat(layout: CfbLayout, isLarge: (stream: number) => boolean): Uint8Array {
  const entries = new Uint32Array((layout.fat.count * SECTOR_SIZE) / 4).fill(FREE_SECTOR);
  entries.fill(DIFAT_SECTOR, layout.difat.start, layout.difat.start + layout.difat.count);
  entries.fill(FAT_SECTOR, layout.fat.start, layout.fat.start + layout.fat.count);
  for (const run of [layout.directory, layout.miniFat, layout.miniStream]) chain(entries, run);
  layout.streams.forEach((run, stream) => {
    if (isLarge(stream)) chain(entries, run);
  });
  return littleEndian(entries);
}

export function encodeMiniFat(layout: CfbLayout, isLarge: (stream: number) => boolean): Uint8Array {
  const entries = new Uint32Array((layout.miniFat.count * SECTOR_SIZE) / 4).fill(FREE_SECTOR);
  layout.streams.forEach((run, stream) => {
    if (!isLarge(stream)) chain(entries, run);
  });
  return littleEndian(entries);
}

export function firstSector(run: SectorRun): number {
  return run.count === 0 ? END_OF_CHAIN : run.start;
}

function fatSectorAt(layout: CfbLayout, index: number): number {
  return index < layout.fat.count ? layout.fat.start + index : FREE_SECTOR;
}

function chain(entries: Uint32Array, run: SectorRun): void {
  for (let offset = 0; offset < run.count; offset++) {
    entries[run.start + offset] = offset + 1 === run.count ? END_OF_CHAIN : run.start + offset + 1;
  }
}

function littleEndian(entries: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(entries.length * 4);
  const view = new DataView(bytes.buffer);
  entries.forEach((entry, index) => {
    view.setUint32(index * 4, entry, true);
  });
  return bytes;
}
