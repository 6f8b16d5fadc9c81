/** Places files on media: file order, sequence numbers, which cabinet holds what, the Media rows. */
import type { Diagnostic } from '../../diagnostic.ts';
import { cabinetMissing, cabinetTaken, unknownDisk } from '../diagnostics.ts';
import type { LinkedProduct } from '../link/link.ts';
import type { MediaSymbol, MediaTemplateSymbol } from '../symbols.ts';
import type { BoundFile, ReadFile } from './bound-file.ts';
import { compareIds } from './compare-ids.ts';

export interface MediaLayout {
  readonly files: readonly BoundFile[];
  readonly media: readonly {
    readonly symbol: MediaSymbol;
    readonly lastSequence: number;
    readonly files: readonly BoundFile[];
  }[];
}

/** Files are numbered by disk, then by File key, as WiX does: the order within a cabinet is the order of the numbers. */
export function layOutMedia(
  product: LinkedProduct,
  files: readonly ReadFile[],
  report: (diagnostic: Diagnostic) => void,
): MediaLayout {
  const ordered = [...files].sort((left, right) => compareIds(left.symbol.id, right.symbol.id));
  const media = [...product.media].sort((left, right) => left.diskId - right.diskId);
  const placed =
    product.mediaTemplate === undefined
      ? placeOnDisks(ordered, media, report)
      : placeByTemplate(ordered, product.mediaTemplate, media);
  placed.sort((left, right) => left.diskId - right.diskId);
  const bound = placed.map(({ file, diskId }, index): BoundFile => {
    const compressed = file.symbol.compressed ?? (product.mediaTemplate !== undefined || product.package.compressed);
    return { ...file, diskId, sequence: index + 1, compressed };
  });
  checkCabinets(media, bound, report);
  return {
    files: bound,
    media: media.map((symbol) => {
      const own = bound.filter(({ diskId }) => diskId === symbol.diskId);
      return { symbol, files: own, lastSequence: own.at(-1)?.sequence ?? 0 };
    }),
  };
}

interface Placed {
  readonly file: ReadFile;
  readonly diskId: number;
}

function placeOnDisks(
  files: readonly ReadFile[],
  media: readonly MediaSymbol[],
  report: (diagnostic: Diagnostic) => void,
): Placed[] {
  const disks = new Set(media.map(({ diskId }) => diskId));
  return files.flatMap((file) => {
    const diskId = file.symbol.diskId ?? 1;
    if (disks.has(diskId)) return [{ file, diskId }];
    report(unknownDisk(file.symbol.span, file.symbol.id, diskId));
    return [];
  });
}

/** Fills one disk after another; `media` gets a Media symbol for each. */
function placeByTemplate(files: readonly ReadFile[], template: MediaTemplateSymbol, media: MediaSymbol[]): Placed[] {
  const addDisk = (diskId: number) => {
    const cabinet = template.cabinetTemplate.replaceAll('{0}', String(diskId));
    media.push({ ...template, diskId, cabinet, source: null });
  };
  let diskId = 1;
  let filled = 0;
  addDisk(diskId);
  return files.map((file) => {
    if (filled > 0 && filled + file.payload.sizeBytes > template.maxUncompressedBytes) {
      diskId += 1;
      filled = 0;
      addDisk(diskId);
    }
    filled += file.payload.sizeBytes;
    return { file, diskId };
  });
}

function checkCabinets(
  media: readonly MediaSymbol[],
  files: readonly BoundFile[],
  report: (diagnostic: Diagnostic) => void,
): void {
  const taken = new Set<string>();
  for (const { cabinet, span } of media) {
    // External cabinets are files, whose names differ by more than case on Windows.
    const name = cabinet?.toLowerCase();
    if (cabinet === null || name === undefined) continue;
    if (taken.has(name)) report(cabinetTaken(span, cabinet));
    taken.add(name);
  }
  const uncabbed = new Set(media.filter(({ cabinet }) => cabinet === null).map(({ diskId }) => diskId));
  for (const { symbol, diskId, compressed } of files) {
    if (compressed && uncabbed.has(diskId)) report(cabinetMissing(symbol.span, symbol.id, diskId));
  }
}
