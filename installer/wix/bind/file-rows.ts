/** Rows of File, MsiFileHash and Media. */
import type { BoundFile } from './bound-file.ts';
import type { MediaLayout } from './media.ts';
import type { TableBuilder } from './table-builder.ts';

/** Bits of File.Attributes that contradict the package's own compression. Source: Windows Installer "File Table". */
const NONCOMPRESSED = 0x2000;
const COMPRESSED = 0x4000;

export function addFileRows(builder: TableBuilder, layout: MediaLayout): void {
  for (const file of layout.files) {
    const { symbol, payload, version, language, sequence } = file;
    builder.add(
      'File',
      {
        File: symbol.id,
        Component_: symbol.component,
        FileName: symbol.fileName,
        FileSize: payload.sizeBytes,
        Version: version,
        Language: language,
        Attributes: symbol.attributes | compressionBit(symbol.compressed),
        Sequence: sequence,
      },
      symbol.span,
    );
    if (file.md5 !== null) addHash(builder, file, file.md5);
  }
  for (const { symbol, lastSequence } of layout.media) {
    const cabinet = symbol.cabinet === null ? null : `${symbol.embedded ? '#' : ''}${symbol.cabinet}`;
    builder.add(
      'Media',
      {
        DiskId: symbol.diskId,
        LastSequence: lastSequence,
        DiskPrompt: symbol.diskPrompt,
        Cabinet: cabinet,
        VolumeLabel: symbol.volumeLabel,
        Source: symbol.source,
      },
      symbol.span,
    );
  }
}

function compressionBit(compressed: boolean | undefined): number {
  if (compressed === undefined) return 0;
  return compressed ? COMPRESSED : NONCOMPRESSED;
}

/** The MD5 as four integers. Windows writes zeros for an empty file, not the MD5 of nothing. */
function addHash(builder: TableBuilder, { symbol, payload }: BoundFile, md5: Uint8Array): void {
  const view = new DataView(md5.buffer, md5.byteOffset, md5.byteLength);
  const part = (index: number) => (payload.sizeBytes === 0 ? 0 : view.getInt32(index * 4, true));
  builder.add(
    'MsiFileHash',
    { File_: symbol.id, Options: 0, HashPart1: part(0), HashPart2: part(1), HashPart3: part(2), HashPart4: part(3) },
    symbol.span,
  );
}
