/**
 * The version of a Windows executable, read from its version resource. Source of truth: "PE Format" and
 * VS_VERSIONINFO in the Windows documentation. Reads a few small pieces; a file that is no executable, or has no such
 * resource, has no version. Damaged structures count as absent: any file may be payload.
 */
import type { RandomAccessReader } from '../byte-source.ts';
import { openImage, view } from './open-image.ts';

export interface FileVersion {
  /** `a.b.c.d` of VS_FIXEDFILEINFO. */
  readonly version: string;
  /** LANGIDs of the Translation list, decimal; empty when there is none. */
  readonly languages: readonly string[];
}

const RESOURCE_DIRECTORY = 2;
const RT_VERSION = 16;
const FIXED_INFO_SIGNATURE = 0xfeef04bd;
/** Version resources are a few hundred bytes; this bounds what a damaged size field can make us read. */
const MAX_RESOURCE = 64 * 1024;

export async function readFileVersion(file: RandomAccessReader): Promise<FileVersion | undefined> {
  const image = await openImage(file, RESOURCE_DIRECTORY);
  const resources = image?.toOffset(image.directory.address);
  if (image === undefined || resources === undefined) return undefined;
  const tree = { file, resources };
  // Three levels: type, name, language. The first entry of the last two is the one Windows shows.
  const byName = await findEntry(tree, 0, RT_VERSION);
  const byLanguage = byName === undefined ? undefined : await findEntry(tree, byName);
  const leaf = byLanguage === undefined ? undefined : await findEntry(tree, byLanguage);
  const entry = leaf === undefined ? undefined : await view(file, resources + leaf, 8);
  if (entry === undefined) return undefined;
  const offset = image.toOffset(entry.getUint32(0, true));
  const data =
    offset === undefined ? undefined : await view(file, offset, Math.min(entry.getUint32(4, true), MAX_RESOURCE));
  return data === undefined ? undefined : parseVersionInfo(data);
}

interface ResourceTree {
  readonly file: RandomAccessReader;
  /** File offset of the resource directory. */
  readonly resources: number;
}

/** Offset, within the resources, of what the entry with `id` (or the first entry) of the directory at `offset` leads to. */
async function findEntry(tree: ResourceTree, offset: number, id?: number): Promise<number | undefined> {
  const head = await view(tree.file, tree.resources + offset, 16);
  const count = head === undefined ? 0 : head.getUint16(12, true) + head.getUint16(14, true);
  const entries = await view(tree.file, tree.resources + offset + 16, count * 8);
  for (let at = 0; entries !== undefined && at < entries.byteLength; at += 8) {
    if (id === undefined || entries.getUint32(at, true) === id) return entries.getUint32(at + 4, true) & 0x7fffffff;
  }
  return undefined;
}

interface Block {
  readonly key: string;
  /** Offset and byte length of the value. */
  readonly value: number;
  readonly valueLength: number;
  readonly end: number;
}

function parseVersionInfo(data: DataView): FileVersion | undefined {
  const root = readBlock(data, 0);
  if (root === undefined || root.key !== 'VS_VERSION_INFO' || root.value + 16 > data.byteLength) return undefined;
  if (data.getUint32(root.value, true) !== FIXED_INFO_SIGNATURE) return undefined;
  const [high, low] = [data.getUint32(root.value + 8, true), data.getUint32(root.value + 12, true)];
  const version = [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.');
  const info = findBlock(data, align(root.value + root.valueLength), { end: root.end, key: 'VarFileInfo' });
  const translation =
    info === undefined ? undefined : findBlock(data, info.value, { end: info.end, key: 'Translation' });
  const languages: string[] = [];
  for (
    let at = translation?.value ?? 0;
    translation !== undefined && at + 4 <= Math.min(translation.end, data.byteLength);
    at += 4
  ) {
    languages.push(String(data.getUint16(at, true)));
  }
  return { version, languages };
}

/** The child with `key` among those from `start` on. */
function findBlock(
  data: DataView,
  start: number,
  at: { readonly end: number; readonly key: string },
): Block | undefined {
  for (let offset = start; offset < at.end; ) {
    const block = readBlock(data, offset);
    if (block === undefined || block.key === at.key) return block;
    offset = align(block.end);
  }
  return undefined;
}

function readBlock(data: DataView, offset: number): Block | undefined {
  if (offset + 6 > data.byteLength) return undefined;
  const length = data.getUint16(offset, true);
  if (length < 6) return undefined;
  let key = '';
  let at = offset + 6;
  while (at + 2 <= data.byteLength && data.getUint16(at, true) !== 0) {
    key += String.fromCharCode(data.getUint16(at, true));
    at += 2;
  }
  return { key, value: align(at + 2), valueLength: data.getUint16(offset + 2, true), end: offset + length };
}

function align(offset: number): number {
  return (offset + 3) & ~3;
}
