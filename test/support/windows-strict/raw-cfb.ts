/**
 * Compound file as the strictness checks see it: parsed again from [MS-CFB], sharing nothing with the code under test.
 * Trusts its input to be finite and roughly sound; it is for files that our own tests made.
 */
const FREE = 0xffffffff;

export interface RawEntry {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly isRed: boolean;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly clsid: string;
  readonly start: number;
  readonly size: number;
}

export interface RawCfb {
  readonly entries: readonly RawEntry[];
  /** Streams directly below the root, by stored name. */
  readonly streams: ReadonlyMap<string, Uint8Array>;
  readonly violations: readonly string[];
}

export function parseRawCfb(bytes: Uint8Array): RawCfb {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const violations: string[] = [];
  if (view.getUint32(0) !== 0xd0cf11e0 || view.getUint32(4) !== 0xa1b11ae1) violations.push('cfb: wrong signature');
  if (bytes.subarray(8, 24).some((byte) => byte !== 0)) violations.push('cfb: header class is not zero');
  if (bytes.byteLength > 0x7fffffff) violations.push('cfb: larger than 2 GiB');
  const sectorSize = 1 << view.getUint16(30, true);
  if (bytes.byteLength % sectorSize !== 0) violations.push('cfb: size is no multiple of the sector size');

  const fat = readFat(view, sectorSize);
  const directory = readChain(bytes, { fat, start: view.getUint32(48, true), unit: sectorSize, base: sectorSize });
  const entries = readEntries(directory, sectorSize, violations);
  const root = entries[0];
  if (root === undefined) return { entries, streams: new Map(), violations: [...violations, 'cfb: no root entry'] };
  const miniFat = words(readChain(bytes, { fat, start: view.getUint32(60, true), unit: sectorSize, base: sectorSize }));
  const miniStream = readChain(bytes, { fat, start: root.start, unit: sectorSize, base: sectorSize });

  const children = checkTree(entries, root.child, violations);
  const streams = new Map<string, Uint8Array>();
  for (const entry of children.filter(({ type }) => type === 2)) {
    const content =
      entry.size < 4096
        ? readChain(miniStream, { fat: miniFat, start: entry.start, unit: 64, base: 0 })
        : readChain(bytes, { fat, start: entry.start, unit: sectorSize, base: sectorSize });
    if (content.byteLength < entry.size) violations.push(`cfb: stream ${show(entry.name)} is cut short`);
    streams.set(entry.name, content.subarray(0, entry.size));
  }
  return { entries, streams, violations };
}

export function show(name: string): string {
  return JSON.stringify(name).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function readFat(view: DataView, sectorSize: number): Uint32Array {
  const count = view.getUint32(44, true);
  const sectors: number[] = [];
  for (let at = 76; at < 512; at += 4) sectors.push(view.getUint32(at, true));
  for (let next = view.getUint32(68, true); sectors.length < count && next < FREE - 5; ) {
    const base = (next + 1) * sectorSize;
    for (let at = 0; at < sectorSize - 4; at += 4) sectors.push(view.getUint32(base + at, true));
    next = view.getUint32(base + sectorSize - 4, true);
  }
  const fat = new Uint32Array((count * sectorSize) / 4);
  sectors.slice(0, count).forEach((sector, index) => {
    for (let at = 0; at < sectorSize; at += 4) {
      fat[(index * sectorSize + at) / 4] = view.getUint32((sector + 1) * sectorSize + at, true);
    }
  });
  return fat;
}

function readChain(
  bytes: Uint8Array,
  { fat, start, unit, base }: { fat: Uint32Array; start: number; unit: number; base: number },
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let sector = start; sector < fat.length && parts.length <= fat.length; sector = fat[sector] ?? FREE) {
    parts.push(bytes.subarray(base + sector * unit, base + (sector + 1) * unit));
  }
  return Buffer.concat(parts);
}

function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => view.getUint32(index * 4, true));
}

function readEntries(directory: Uint8Array, sectorSize: number, violations: string[]): RawEntry[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const entries: RawEntry[] = [];
  for (let base = 0; base < directory.byteLength; base += 128) {
    const links = [68, 72, 76].map((at) => view.getUint32(base + at, true));
    const [left = FREE, right = FREE, child = FREE] = links;
    const type = view.getUint8(base + 66);
    if (type === 0 && links.some((link) => link !== FREE)) {
      violations.push(`cfb: unused directory entry ${base / 128} has links`);
    }
    if (view.getUint8(base + 67) > 1) violations.push(`cfb: directory entry ${base / 128} has no valid colour`);
    const nameSize = Math.max(2, view.getUint16(base + 64, true));
    const high = sectorSize === 512 ? 0 : view.getUint32(base + 124, true);
    entries.push({
      ...{ id: base / 128, type, left, right, child, isRed: view.getUint8(base + 67) === 0 },
      name: Buffer.from(directory.subarray(base, base + nameSize - 2)).toString('utf16le'),
      clsid: Buffer.from(directory.subarray(base + 80, base + 96)).toString('hex'),
      start: view.getUint32(base + 116, true),
      size: high * 2 ** 32 + view.getUint32(base + 120, true),
    });
  }
  return entries;
}

/** Search order, colours and completeness of the tree below the root; its entries in order. */
function checkTree(entries: readonly RawEntry[], top: number, violations: string[]): RawEntry[] {
  const ordered: RawEntry[] = [];
  const seen = new Set<number>();
  /** Returns the black height. */
  const visit = (id: number, parentIsRed: boolean): number => {
    if (id === FREE) return 0;
    const entry = entries[id];
    if (entry === undefined || seen.has(id)) {
      violations.push(`cfb: directory tree leads to entry ${id}, which is missing or seen before`);
      return 0;
    }
    seen.add(id);
    if (parentIsRed && entry.isRed) violations.push(`cfb: red entry ${show(entry.name)} below a red one`);
    const left = visit(entry.left, entry.isRed);
    ordered.push(entry);
    const right = visit(entry.right, entry.isRed);
    if (left !== right) violations.push(`cfb: black heights differ below ${show(entry.name)}`);
    return Math.max(left, right) + (entry.isRed ? 0 : 1);
  };
  visit(top, false);
  ordered.forEach((entry, index) => {
    const previous = ordered[index - 1];
    if (previous !== undefined && !isBefore(previous.name, entry.name)) {
      violations.push(`cfb: entry ${show(entry.name)} is out of order`);
    }
  });
  const used = entries.filter(({ type }) => type === 1 || type === 2).length;
  if (seen.size !== used) violations.push(`cfb: ${used - seen.size} directory entries cannot be reached`);
  return ordered;
}

function isBefore(a: string, b: string): boolean {
  if (a.length !== b.length) return a.length < b.length;
  const [upperA, upperB] = [a.toUpperCase(), b.toUpperCase()];
  return upperA < upperB;
}
