import type { RandomAccessReader } from '../byte-source.ts';
import { FolderReader, type Parking } from './folder-reader.ts';
import type { Cabinet } from './model.ts';
import { readCabinetHeader } from './read-header.ts';

/**
 * Reads the directory of a cabinet; member bytes are decoded, and every block's checksum verified, when asked for.
 * Throws `FormatError` (`invalid-data`) for bytes that are no cabinet, and while member bytes are read for damaged
 * blocks and for compressions other than MSZIP, LZX and none. A cabinet that is one of a set is refused.
 * Sizes are those announced: an extractor should bound their sum itself. Names may be paths and are not checked.
 */
export async function readCabinet(reader: RandomAccessReader): Promise<Cabinet> {
  const header = await readCabinetHeader(reader);
  const parking: Parking = { folder: undefined, walkers: [] };
  const folders = header.folders.map((folder) => new FolderReader(reader, folder, parking));
  const members = header.files.map(({ folderIndex, offset, name, sizeBytes, modifiedAt, attributes }) => {
    const folder = folders[folderIndex];
    const chunks = () => readMember(folder, { name, offset, sizeBytes });
    return { name, sizeBytes, modifiedAt, attributes, source: { sizeBytes, chunks } };
  });
  return { members };
}

async function* readMember(
  folder: FolderReader | undefined,
  range: { name: string; offset: number; sizeBytes: number },
): AsyncGenerator<Uint8Array> {
  if (folder !== undefined && range.sizeBytes > 0) yield* folder.read(range);
}
