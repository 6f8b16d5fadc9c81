import type { RandomAccessReader } from '../byte-source.ts';
import {
  ATTRIBUTE_NAME_IS_UTF8,
  cabError,
  FILE_SIZE,
  FLAG_NEXT,
  FLAG_PREVIOUS,
  FLAG_RESERVE,
  FOLDER_SIZE,
  HEADER_SIZE,
  MAX_FOLDER_SIZE,
  MAX_NAME_BYTES,
  SIGNATURE,
} from './constants.ts';
import { decodeDosTime } from './dos-time.ts';

export interface FolderRecord {
  readonly dataOffset: number;
  readonly blockCount: number;
  readonly compression: number;
  /** Reserve bytes in every data block's header. */
  readonly dataReserve: number;
}

export interface FileRecord {
  readonly name: string;
  readonly sizeBytes: number;
  readonly offset: number;
  readonly folderIndex: number;
  readonly modifiedAt: Date;
  readonly attributes: number;
}

export interface CabinetHeader {
  readonly folders: readonly FolderRecord[];
  readonly files: readonly FileRecord[];
}

/** CFHEADER, CFFOLDER and CFFILE records ([MS-CAB] 2.1 to 2.3). Throws `FormatError` (`invalid-data`). */
export async function readCabinetHeader(reader: RandomAccessReader): Promise<CabinetHeader> {
  const fixed = viewOf(await readExactly(reader, 0, HEADER_SIZE));
  if (fixed.getUint32(0, true) !== SIGNATURE) {
    throw cabError('invalid-data', 'Cannot read the cabinet: it does not begin with MSCF');
  }
  const version = `${fixed.getUint8(25)}.${fixed.getUint8(24)}`;
  if (version !== '1.3')
    throw cabError('invalid-data', `Cannot read the cabinet: its version is ${version}, wanted 1.3`);
  const flags = fixed.getUint16(30, true);
  if ((flags & (FLAG_PREVIOUS | FLAG_NEXT)) !== 0) {
    throw cabError('invalid-data', 'Cannot read the cabinet: it is one of a set, wanted a complete one');
  }
  const reserve = await readReserve(reader, (flags & FLAG_RESERVE) !== 0);
  const folders = await readFolders(reader, fixed.getUint16(26, true), reserve);
  const fileCount = fixed.getUint16(28, true);
  const files = await readFiles(reader, { at: fixed.getUint32(16, true), count: fileCount });
  for (const file of files) checkFile(file, folders.length);
  return { folders, files };
}

interface Reserve {
  readonly foldersAt: number;
  readonly folder: number;
  readonly data: number;
}

async function readReserve(reader: RandomAccessReader, isPresent: boolean): Promise<Reserve> {
  if (!isPresent) return { foldersAt: HEADER_SIZE, folder: 0, data: 0 };
  const view = viewOf(await readExactly(reader, HEADER_SIZE, 4));
  return { foldersAt: HEADER_SIZE + 4 + view.getUint16(0, true), folder: view.getUint8(2), data: view.getUint8(3) };
}

async function readFolders(reader: RandomAccessReader, count: number, reserve: Reserve): Promise<FolderRecord[]> {
  const size = FOLDER_SIZE + reserve.folder;
  const view = viewOf(await readExactly(reader, reserve.foldersAt, count * size));
  return Array.from({ length: count }, (_, index) => ({
    dataOffset: view.getUint32(index * size, true),
    blockCount: view.getUint16(index * size + 4, true),
    compression: view.getUint16(index * size + 6, true),
    dataReserve: reserve.data,
  }));
}

async function readFiles(
  reader: RandomAccessReader,
  { at, count }: { at: number; count: number },
): Promise<FileRecord[]> {
  // Records have no length of their own: take what all of them can need at most, and walk.
  const bytes = await reader.readAt(at, count * (FILE_SIZE + MAX_NAME_BYTES + 1));
  const view = viewOf(bytes);
  const files: FileRecord[] = [];
  for (let offset = 0; files.length < count; ) {
    const nameEnd = bytes.indexOf(0, offset + FILE_SIZE);
    if (nameEnd < 0 || nameEnd - offset - FILE_SIZE > MAX_NAME_BYTES) {
      throw cabError('invalid-data', `Cannot read the cabinet: the name of member ${files.length + 1} has no end`);
    }
    files.push(decodeFile(view, offset, bytes.subarray(offset + FILE_SIZE, nameEnd)));
    offset = nameEnd + 1;
  }
  return files;
}

function decodeFile(view: DataView, at: number, nameBytes: Uint8Array): FileRecord {
  const attributes = view.getUint16(at + 14, true);
  // Without the flag names are in the page of the writing machine, which no cabinet names; Western is the best guess.
  const label = (attributes & ATTRIBUTE_NAME_IS_UTF8) === 0 ? 'windows-1252' : 'utf-8';
  return {
    name: new TextDecoder(label).decode(nameBytes),
    sizeBytes: view.getUint32(at, true),
    offset: view.getUint32(at + 4, true),
    folderIndex: view.getUint16(at + 8, true),
    modifiedAt: decodeDosTime({ date: view.getUint16(at + 10, true), time: view.getUint16(at + 12, true) }),
    attributes,
  };
}

function checkFile({ name, sizeBytes, offset, folderIndex }: FileRecord, folderCount: number): void {
  if (folderIndex >= folderCount) {
    throw cabError('invalid-data', `Cannot read member "${name}": it is in folder ${folderIndex} of ${folderCount}`);
  }
  if (offset + sizeBytes > MAX_FOLDER_SIZE) {
    throw cabError('invalid-data', `Cannot read member "${name}": it ends behind the largest possible folder`);
  }
}

async function readExactly(reader: RandomAccessReader, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await reader.readAt(offset, length);
  if (bytes.byteLength === length) return bytes;
  const found = `it ends at byte ${reader.sizeBytes}`;
  throw cabError('invalid-data', `Cannot read the cabinet: ${found}, its directory needs ${offset + length}`);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
