import {
  ATTRIBUTE_ARCHIVE,
  ATTRIBUTE_NAME_IS_UTF8,
  COMPRESSION_MSZIP,
  COMPRESSION_NONE,
  FILE_SIZE,
  FOLDER_SIZE,
  HEADER_SIZE,
  SIGNATURE,
} from './constants.ts';
import { encodeDosTime } from './dos-time.ts';
import { blockCount, type CabinetPlan, type PlannedMember } from './plan-cabinet.ts';

export interface CabinetLayout {
  /** Offset of the first data block, by folder. */
  readonly folderOffsets: readonly number[];
  readonly sizeBytes: number;
  readonly compression: 'mszip' | 'none';
}

/** CFHEADER, all CFFOLDER and all CFFILE records ([MS-CAB] 2.1 to 2.3). */
export function encodeCabinetHeader(plan: CabinetPlan, layout: CabinetLayout): Uint8Array {
  const filesAt = HEADER_SIZE + plan.folders.length * FOLDER_SIZE;
  const files = plan.members.map(encodeFile);
  const bytes = new Uint8Array(files.reduce((size, file) => size + file.byteLength, filesAt));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SIGNATURE, true);
  view.setUint32(8, layout.sizeBytes, true);
  view.setUint32(16, filesAt, true);
  view.setUint8(24, 3);
  view.setUint8(25, 1);
  view.setUint16(26, plan.folders.length, true);
  view.setUint16(28, plan.members.length, true);
  plan.folders.forEach((folder, index) => {
    const at = HEADER_SIZE + index * FOLDER_SIZE;
    view.setUint32(at, layout.folderOffsets[index] ?? 0, true);
    view.setUint16(at + 4, blockCount(folder), true);
    view.setUint16(at + 6, layout.compression === 'mszip' ? COMPRESSION_MSZIP : COMPRESSION_NONE, true);
  });
  let at = filesAt;
  for (const file of files) {
    bytes.set(file, at);
    at += file.byteLength;
  }
  return bytes;
}

function encodeFile({ member, nameBytes, folderIndex, offset }: PlannedMember): Uint8Array {
  const bytes = new Uint8Array(FILE_SIZE + nameBytes.byteLength + 1);
  const view = new DataView(bytes.buffer);
  const { date, time } = encodeDosTime(member.modifiedAt);
  const isAscii = nameBytes.every((byte) => byte < 0x80);
  view.setUint32(0, member.source.sizeBytes, true);
  view.setUint32(4, offset, true);
  view.setUint16(8, folderIndex, true);
  view.setUint16(10, date, true);
  view.setUint16(12, time, true);
  view.setUint16(14, (member.attributes ?? ATTRIBUTE_ARCHIVE) | (isAscii ? 0 : ATTRIBUTE_NAME_IS_UTF8), true);
  bytes.set(nameBytes, FILE_SIZE);
  return bytes;
}
