import { inflateRawSync } from 'node:zlib';
import { checkHuffmanTrees } from './deflate-trees.ts';

export interface RawMember {
  readonly name: string;
  readonly size: number;
}

/** A cabinet as Windows' own decoder wants it: members in stored order, and everything wrong with the blocks. */
export function checkRawCabinet(bytes: Uint8Array, name: string): { members: RawMember[]; violations: string[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const violations: string[] = [];
  const fail = (what: string) => violations.push(`cabinet ${name}: ${what}`);
  if (bytes.byteLength < 36 || view.getUint32(0) !== 0x4d534346) {
    fail('wrong signature');
    return { members: [], violations };
  }
  if (view.getUint32(8, true) !== bytes.byteLength) fail(`announces ${view.getUint32(8, true)} bytes`);
  if (view.getUint16(24, true) !== 0x0103) fail('version is not 1.3');
  if (view.getUint16(30, true) !== 0) fail('has flags');

  const folderSizes: number[] = [];
  let blocksAt = 0;
  for (let index = 0; index < view.getUint16(26, true); index++) {
    const at = 36 + index * 8;
    const start = view.getUint32(at, true);
    if (blocksAt !== 0 && start !== blocksAt) fail(`folder ${index} does not follow the one before`);
    const folder = { start, blocks: view.getUint16(at + 4, true), method: view.getUint16(at + 6, true) };
    const { end, size } = checkFolder(bytes, folder, (what) => fail(`folder ${index}: ${what}`));
    folderSizes.push(size);
    blocksAt = end;
  }
  if (folderSizes.length > 0 && blocksAt !== bytes.byteLength) fail('its blocks do not fill it');
  return { members: readMembers(bytes, folderSizes, fail), violations };
}

function readMembers(bytes: Uint8Array, folderSizes: readonly number[], fail: (what: string) => void): RawMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const members: RawMember[] = [];
  let at = view.getUint32(16, true);
  for (let index = 0; index < view.getUint16(28, true); index++) {
    const nameEnd = bytes.indexOf(0, at + 16);
    const name = Buffer.from(bytes.subarray(at + 16, nameEnd)).toString('utf8');
    const size = view.getUint32(at, true);
    const end = view.getUint32(at + 4, true) + size;
    if (end > (folderSizes[view.getUint16(at + 8, true)] ?? -1)) fail(`member ${name} ends behind its folder`);
    const isUtf8 = (view.getUint16(at + 14, true) & 0x80) !== 0;
    if (isUtf8 === /^[ -~]*$/.test(name)) fail(`member ${name} has the wrong name flag`);
    members.push({ name, size });
    at = nameEnd + 1;
  }
  return members;
}

function checkFolder(
  bytes: Uint8Array,
  folder: { start: number; blocks: number; method: number },
  fail: (what: string) => void,
): { end: number; size: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = folder.start;
  let size = 0;
  let history: Uint8Array = new Uint8Array(0);
  for (let index = 0; index < folder.blocks; index++) {
    const compressed = view.getUint16(at + 4, true);
    const announced = view.getUint16(at + 6, true);
    const data = bytes.subarray(at + 8, at + 8 + compressed);
    const where = `block ${index + 1} of ${folder.blocks}`;
    if (view.getUint32(at, true) !== checksum(data, compressed, announced)) fail(`${where} has a wrong checksum`);
    if (index + 1 < folder.blocks && announced !== 32_768) fail(`${where} holds ${announced} bytes, not 32768`);
    if (announced === 0 || announced > 32_768) fail(`${where} holds ${announced} bytes`);
    if (folder.method === 1)
      history = checkMszip(data, { announced, history, fail: (what) => fail(`${where} ${what}`) });
    else if (folder.method !== 0) fail(`is compressed by method ${folder.method}`);
    else if (compressed !== announced) fail(`${where} is stored in ${compressed} bytes`);
    at += 8 + compressed;
    size += announced;
  }
  return { end: at, size };
}

function checkMszip(
  data: Uint8Array,
  { announced, history, fail }: { announced: number; history: Uint8Array; fail: (what: string) => void },
): Uint8Array {
  if (data.byteLength > 32_780) fail(`takes ${data.byteLength} bytes, at most 32780 are allowed`);
  if (data[0] !== 0x43 || data[1] !== 0x4b) fail('does not begin with CK');
  const stream = data.subarray(2);
  try {
    const dictionary = history.byteLength > 0 ? { dictionary: history } : {};
    // Ends only at a final deflate block; `bytesWritten` then counts what was consumed.
    const result = inflateRawSync(stream, { ...dictionary, info: true }) as unknown as InflateInfo;
    if (result.buffer.byteLength !== announced) fail(`holds ${result.buffer.byteLength} bytes, announces ${announced}`);
    if (result.engine.bytesWritten !== stream.byteLength) fail('has bytes behind its deflate stream');
    for (const what of checkHuffmanTrees(stream)) fail(what);
    return result.buffer;
  } catch {
    fail('is no complete deflate stream');
    return new Uint8Array(0);
  }
}

interface InflateInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function checksum(data: Uint8Array, compressed: number, announced: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = data.byteLength & ~3;
  for (let at = 0; at < whole; at += 4) {
    a ^= data[at] ?? 0;
    b ^= data[at + 1] ?? 0;
    c ^= data[at + 2] ?? 0;
    d ^= data[at + 3] ?? 0;
  }
  const tail = [...data.subarray(whole)].reverse();
  a ^= (tail[0] ?? 0) ^ (compressed & 0xff);
  b ^= (tail[1] ?? 0) ^ (compressed >> 8);
  c ^= (tail[2] ?? 0) ^ (announced & 0xff);
  d ^= announced >> 8;
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
