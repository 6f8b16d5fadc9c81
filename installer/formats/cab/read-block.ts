import type { RandomAccessReader } from '../byte-source.ts';
import { blockChecksum, reservedBlockChecksum } from './checksum.ts';
import { BLOCK_SIZE, cabError, DATA_HEADER_SIZE } from './constants.ts';

export interface BlockRecord {
  readonly data: Uint8Array;
  readonly uncompressedSize: number;
  /** Bytes of the whole record in the file. */
  readonly recordSize: number;
}

/** A CFDATA record, its checksum verified ([MS-CAB] 2.4). `subject` names it in the `FormatError` (`invalid-data`). */
export async function readBlock(
  reader: RandomAccessReader,
  { at, reserve, subject }: { at: number; reserve: number; subject: string },
): Promise<BlockRecord> {
  const headerSize = DATA_HEADER_SIZE + reserve;
  const header = await reader.readAt(at, headerSize);
  if (header.byteLength < headerSize) {
    throw cabError('invalid-data', `Cannot read ${subject}: the cabinet ends before it`);
  }
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const size = view.getUint16(4, true);
  const uncompressedSize = view.getUint16(6, true);
  const checksum = view.getUint32(0, true);
  const reserved = header.slice(DATA_HEADER_SIZE);
  const data = await reader.readAt(at + headerSize, size);
  if (data.byteLength < size) throw cabError('invalid-data', `Cannot read ${subject}: the cabinet ends inside it`);
  if (uncompressedSize === 0 || uncompressedSize > BLOCK_SIZE) {
    const found = `it announces ${uncompressedSize} bytes`;
    throw cabError('invalid-data', `Cannot read ${subject}: ${found}, wanted 1 to ${BLOCK_SIZE}`);
  }
  const computed =
    reserve === 0 ? blockChecksum(data, uncompressedSize) : reservedBlockChecksum(data, uncompressedSize, reserved);
  // 0 says that the writer computed none.
  if (checksum !== 0 && checksum !== computed) {
    throw cabError('invalid-data', `Cannot read ${subject}: its checksum is wrong, the cabinet is damaged`);
  }
  return { data, uncompressedSize, recordSize: headerSize + size };
}
