/**
 * The headers of a Windows executable: one of its data directories and where addresses are in the file. Source of truth:
 * "PE Format" in the Windows documentation. Damaged headers count as no executable: any file may be payload.
 */
import type { RandomAccessReader } from '../byte-source.ts';

const SECTION_SIZE = 40;
const MAX_SECTIONS = 96;

export interface Image {
  readonly file: RandomAccessReader;
  /** Machine of the file header. */
  readonly machine: number;
  /** PE32+, the format of 64-bit executables. */
  readonly wide: boolean;
  readonly directory: { readonly address: number; readonly sizeBytes: number };
  /** File offset of a relative virtual address; undefined when no section holds it. */
  readonly toOffset: (rva: number) => number | undefined;
}

/** Undefined when the file is no executable or does not have that data directory. */
export async function openImage(file: RandomAccessReader, directory: number): Promise<Image | undefined> {
  const dos = await view(file, 0, 64);
  if (dos === undefined || dos.getUint16(0, true) !== 0x5a4d) return undefined;
  const header = dos.getUint32(60, true);
  const coff = await view(file, header, 26);
  if (coff === undefined || coff.getUint32(0, true) !== 0x4550) return undefined;
  const optionalSize = coff.getUint16(20, true);
  const magic = coff.getUint16(24, true);
  const directories = { 267: 96, 523: 112 }[magic];
  const entry = directories === undefined ? undefined : await view(file, header + 24 + directories + directory * 8, 8);
  const count = Math.min(coff.getUint16(6, true), MAX_SECTIONS);
  const sections = await view(file, header + 24 + optionalSize, count * SECTION_SIZE);
  if (entry === undefined || sections === undefined || entry.getUint32(0, true) === 0) return undefined;
  return {
    file,
    machine: coff.getUint16(4, true),
    wide: magic === 523,
    directory: { address: entry.getUint32(0, true), sizeBytes: entry.getUint32(4, true) },
    toOffset: sectionMap(sections),
  };
}

function sectionMap(sections: DataView): Image['toOffset'] {
  return (rva) => {
    for (let at = 0; at < sections.byteLength; at += SECTION_SIZE) {
      const start = sections.getUint32(at + 12, true);
      const size = Math.max(sections.getUint32(at + 8, true), sections.getUint32(at + 16, true));
      if (rva >= start && rva < start + size) return rva - start + sections.getUint32(at + 20, true);
    }
    return undefined;
  };
}

/** Exactly `length` bytes, or undefined where the file is too short. */
export async function view(file: RandomAccessReader, offset: number, length: number): Promise<DataView | undefined> {
  if (offset + length > file.sizeBytes) return undefined;
  const bytes = await file.readAt(offset, length);
  return bytes.byteLength < length ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
