import {
  COLOUR_RED,
  DIRECTORY_ENTRY_SIZE,
  END_OF_CHAIN,
  ENTRY_ROOT,
  ENTRY_STREAM,
  MINI_SECTOR_SIZE,
  NO_STREAM,
} from './constants.ts';
import { firstSector } from './encode-tables.ts';
import { buildEntryTree, type EntryLinks } from './entry-order.ts';
import { type CfbLayout, SECTOR_SIZE } from './layout.ts';
import type { CfbInput } from './model.ts';

/** [MS-CFB] 2.6. Times stay zero, so that equal content gives equal bytes; Windows accepts that. */
export function encodeDirectory(input: CfbInput, layout: CfbLayout): Uint8Array {
  const bytes = new Uint8Array(layout.directory.count * SECTOR_SIZE);
  const view = new DataView(bytes.buffer);
  const tree = buildEntryTree(
    input.streams.map(({ name }) => name),
    1,
  );
  // The root entry has no siblings, so its colour means nothing; Windows writes red.
  const rootLinks = { left: NO_STREAM, right: NO_STREAM, colour: COLOUR_RED };
  writeEntry(view, 0, { name: 'Root Entry', type: ENTRY_ROOT, links: rootLinks, child: tree.top });
  bytes.set(input.clsid, 80);
  writeExtent(view, 0, firstSector(layout.miniStream), layout.miniSectorCount * MINI_SECTOR_SIZE);

  input.streams.forEach(({ name, source }, index) => {
    const base = (index + 1) * DIRECTORY_ENTRY_SIZE;
    const links = tree.links[index] ?? rootLinks;
    writeEntry(view, base, { name, type: ENTRY_STREAM, links, child: NO_STREAM });
    const run = layout.streams[index];
    writeExtent(view, base, run === undefined ? END_OF_CHAIN : firstSector(run), source.sizeBytes);
  });
  for (let base = (input.streams.length + 1) * DIRECTORY_ENTRY_SIZE; base < bytes.length; ) {
    for (const at of [68, 72, 76]) view.setUint32(base + at, NO_STREAM, true);
    base += DIRECTORY_ENTRY_SIZE;
  }
  return bytes;
}

interface EntryFields {
  readonly name: string;
  readonly type: number;
  readonly links: EntryLinks;
  readonly child: number;
}

function writeEntry(view: DataView, base: number, entry: EntryFields): void {
  for (let index = 0; index < entry.name.length; index++) {
    view.setUint16(base + index * 2, entry.name.charCodeAt(index), true);
  }
  view.setUint16(base + 64, (entry.name.length + 1) * 2, true);
  view.setUint8(base + 66, entry.type);
  view.setUint8(base + 67, entry.links.colour);
  view.setUint32(base + 68, entry.links.left, true);
  view.setUint32(base + 72, entry.links.right, true);
  view.setUint32(base + 76, entry.child, true);
}

function writeExtent(view: DataView, base: number, start: number, size: number): void {
  view.setUint32(base + 116, start, true);
  view.setUint32(base + 120, size, true);
}
