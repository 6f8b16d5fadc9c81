import type { RandomAccessReader } from '../byte-source.ts';
import { cfbError, FREE_SECTOR, HEADER_DIFAT_ENTRIES, HEADER_SIZE, SIGNATURE } from './constants.ts';

export interface CfbHeader {
  readonly majorVersion: number;
  readonly sectorSize: number;
  /** Sectors behind the header; the last one may be cut short by the end of the file. */
  readonly sectorCount: number;
  readonly fatSectorCount: number;
  readonly directoryStart: number;
  readonly miniFatStart: number;
  readonly difatStart: number;
  /** The first FAT sectors, from the header itself. */
  readonly difat: readonly number[];
}

/** [MS-CFB] 2.2, versions 3 and 4. Throws `FormatError` (`invalid-data`) for anything else. */
export async function readHeader(reader: RandomAccessReader): Promise<CfbHeader> {
  const bytes = await reader.readAt(0, HEADER_SIZE);
  if (bytes.byteLength < HEADER_SIZE || SIGNATURE.some((byte, index) => bytes[index] !== byte)) {
    throw cfbError('invalid-data', 'Cannot read the compound file: it does not begin with the D0CF11E0A1B11AE1 header');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const majorVersion = view.getUint16(26, true);
  const sectorShift = view.getUint16(30, true);
  expect(view.getUint16(28, true), 0xfffe, 'byte order mark');
  if (majorVersion !== 3 && majorVersion !== 4) {
    throw cfbError('invalid-data', `Cannot read the compound file: its version is ${majorVersion}, wanted 3 or 4`);
  }
  expect(sectorShift, majorVersion === 3 ? 9 : 12, 'sector shift');
  expect(view.getUint16(32, true), 6, 'mini sector shift');
  expect(view.getUint32(56, true), 4096, 'mini stream cutoff');
  const sectorSize = 1 << sectorShift;
  return {
    majorVersion,
    sectorSize,
    sectorCount: Math.max(0, Math.ceil((reader.sizeBytes - sectorSize) / sectorSize)),
    fatSectorCount: view.getUint32(44, true),
    directoryStart: view.getUint32(48, true),
    miniFatStart: view.getUint32(60, true),
    difatStart: view.getUint32(68, true),
    difat: Array.from({ length: HEADER_DIFAT_ENTRIES }, (_, index) => view.getUint32(76 + index * 4, true)),
  };
}

/** The whole FAT: 4 bytes of memory for every sector of the file. */
export async function readFat(reader: RandomAccessReader, header: CfbHeader): Promise<Uint32Array> {
  if (header.fatSectorCount > header.sectorCount) {
    const found = `its header announces ${header.fatSectorCount} FAT sectors`;
    throw cfbError('invalid-data', `Cannot read the compound file: ${found}, the file has ${header.sectorCount}`);
  }
  const sectors = await fatSectors(reader, header);
  const entriesPerSector = header.sectorSize / 4;
  const fat = new Uint32Array(sectors.length * entriesPerSector).fill(FREE_SECTOR);
  for (const [index, sector] of sectors.entries()) {
    fat.set(await readSectorWords(reader, header, sector), index * entriesPerSector);
  }
  return fat;
}

async function fatSectors(reader: RandomAccessReader, header: CfbHeader): Promise<number[]> {
  const sectors = header.difat.slice(0, header.fatSectorCount);
  const perSector = header.sectorSize / 4 - 1;
  let next = header.difatStart;
  // Ends by the announced count, so that a loop in the DIFAT cannot hold us.
  while (sectors.length < header.fatSectorCount) {
    const words = await readSectorWords(reader, header, next);
    sectors.push(...words.subarray(0, Math.min(perSector, header.fatSectorCount - sectors.length)));
    next = words[perSector] ?? FREE_SECTOR;
  }
  return sectors;
}

async function readSectorWords(reader: RandomAccessReader, header: CfbHeader, sector: number): Promise<Uint32Array> {
  if (sector >= header.sectorCount) {
    const found = `its FAT leads to sector ${sector}`;
    throw cfbError('invalid-data', `Cannot read the compound file: ${found}, the file has ${header.sectorCount}`);
  }
  const bytes = await reader.readAt((sector + 1) * header.sectorSize, header.sectorSize);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Uint32Array(header.sectorSize / 4).fill(FREE_SECTOR);
  for (let index = 0; index < bytes.byteLength >>> 2; index++) words[index] = view.getUint32(index * 4, true);
  return words;
}

function expect(found: number, wanted: number, what: string): void {
  if (found !== wanted) {
    throw cfbError('invalid-data', `Cannot read the compound file: its ${what} is ${found}, wanted ${wanted}`);
  }
}
