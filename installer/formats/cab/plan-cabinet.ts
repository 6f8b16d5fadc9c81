import { BLOCK_SIZE, cabError, MAX_FOLDER_SIZE, MAX_FOLDERS, MAX_MEMBERS, MAX_NAME_BYTES } from './constants.ts';
import type { CabinetMember } from './model.ts';

/** A run of data blocks; compression starts anew in each. */
export interface PlannedFolder {
  readonly members: CabinetMember[];
  sizeBytes: number;
}

export interface PlannedMember {
  readonly member: CabinetMember;
  readonly nameBytes: Uint8Array;
  readonly folderIndex: number;
  /** In the folder's uncompressed data. */
  readonly offset: number;
}

export interface CabinetPlan {
  readonly folders: readonly PlannedFolder[];
  /** In the order given. */
  readonly members: readonly PlannedMember[];
}

/**
 * An extractor that meets a member whose data lie behind it unpacks their folder from its start, and then the current
 * one again. So folders stay this small where content is shared, and one otherwise.
 */
const SHARED_FOLDER_SIZE = 1024 * 1024;

/**
 * Where every member goes. Members with one `contentKey` share their data. A folder is closed before it exceeds
 * 65,535 blocks. Throws `FormatError` (`invalid-input`) for what a cabinet cannot hold.
 */
export function planCabinet(members: readonly CabinetMember[]): CabinetPlan {
  checkMembers(members);
  const folders: PlannedFolder[] = [];
  const stored = new Map<string, { folderIndex: number; offset: number; sizeBytes: number }>();
  const closeAt = hasSharedContent(members) ? SHARED_FOLDER_SIZE : MAX_FOLDER_SIZE;
  const planned = members.map((member): PlannedMember => {
    const { contentKey, source } = member;
    const nameBytes = encodeName(member.name);
    const twin = contentKey === undefined ? undefined : stored.get(contentKey);
    if (twin !== undefined) {
      if (twin.sizeBytes !== source.sizeBytes) {
        const found = `it has ${source.sizeBytes} bytes, an earlier member of the same content key ${twin.sizeBytes}`;
        throw cabError('invalid-input', `Cannot store member "${member.name}": ${found}`);
      }
      return { member, nameBytes, folderIndex: twin.folderIndex, offset: twin.offset };
    }
    const folder = openFolder(folders, source.sizeBytes, closeAt);
    const place = { folderIndex: folders.length - 1, offset: folder.sizeBytes };
    if (contentKey !== undefined) stored.set(contentKey, { ...place, sizeBytes: source.sizeBytes });
    folder.members.push(member);
    folder.sizeBytes += source.sizeBytes;
    return { member, nameBytes, ...place };
  });
  if (folders.length > MAX_FOLDERS) throw cabError('invalid-input', `Cannot write the cabinet: too many folders`);
  return { folders, members: planned };
}

export function blockCount(folder: PlannedFolder): number {
  return Math.ceil(folder.sizeBytes / BLOCK_SIZE);
}

function openFolder(folders: PlannedFolder[], sizeBytes: number, closeAt: number): PlannedFolder {
  const current = folders.at(-1);
  if (current !== undefined && current.sizeBytes < closeAt && current.sizeBytes + sizeBytes <= MAX_FOLDER_SIZE) {
    return current;
  }
  const folder = { members: [], sizeBytes: 0 };
  folders.push(folder);
  return folder;
}

function hasSharedContent(members: readonly CabinetMember[]): boolean {
  const keys = members.flatMap(({ contentKey }) => contentKey ?? []);
  return new Set(keys).size < keys.length;
}

function checkMembers(members: readonly CabinetMember[]): void {
  if (members.length > MAX_MEMBERS) {
    const found = `it would have ${members.length} members`;
    throw cabError('invalid-input', `Cannot write the cabinet: ${found}, at most ${MAX_MEMBERS} fit; use a second one`);
  }
  const names = new Set<string>();
  for (const { name, source } of members) {
    if (names.has(name)) throw cabError('invalid-input', `Cannot store member "${name}": the name is there twice`);
    names.add(name);
    if (!Number.isSafeInteger(source.sizeBytes) || source.sizeBytes < 0 || source.sizeBytes > MAX_FOLDER_SIZE) {
      const found = `it has ${source.sizeBytes} bytes`;
      throw cabError('invalid-input', `Cannot store member "${name}": ${found}, at most ${MAX_FOLDER_SIZE} fit`);
    }
  }
}

function encodeName(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  if (name === '' || name.includes('\0') || !name.isWellFormed() || bytes.byteLength > MAX_NAME_BYTES) {
    const wanted = `wanted 1 to ${MAX_NAME_BYTES} bytes of well-formed text`;
    throw cabError('invalid-input', `Cannot store member ${JSON.stringify(name)}: ${wanted}`);
  }
  return bytes;
}
