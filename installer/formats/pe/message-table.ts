/**
 * RT_MESSAGETABLE, the resource that FormatMessage reads texts from. Source of truth: MESSAGE_RESOURCE_DATA,
 * MESSAGE_RESOURCE_BLOCK and MESSAGE_RESOURCE_ENTRY in winnt.h. All numbers are little-endian:
 *
 *   DWORD number of blocks, then for each: DWORD lowest id, DWORD highest id, DWORD offset of its entries
 *   entries: WORD length with this header and the padding, WORD flags, text, padding to four bytes
 *
 * Ids are unsigned and ascend; the ids of a block have no gap. Written as Unicode only. What `%1` means inside a text is
 * FormatMessage's business.
 */
import { FormatError } from '../format-error.ts';

export interface Message {
  /** Unsigned 32-bit identifier. */
  readonly id: number;
  /** Without the line end that every stored text has. */
  readonly text: string;
}

export const RT_MESSAGETABLE = 11;
const HEADER_SIZE = 4;
const BLOCK_SIZE = 12;
const ENTRY_HEADER_SIZE = 4;
const FLAG_UNICODE = 1;
const LINE_END = '\r\n';

/** Throws `FormatError` (`invalid-input`) for an id twice or out of range, a NUL in a text, or a text beyond 64 KB. */
export function encodeMessageTable(messages: readonly Message[]): Uint8Array {
  const sorted = messages.toSorted((a, b) => a.id - b.id);
  for (const [index, { id }] of sorted.entries()) checkId(id, sorted[index - 1]?.id);
  const entries = sorted.map(encodeEntry);
  const blocks = consecutiveRuns(sorted.map(({ id }) => id));
  const table = new Uint8Array(
    HEADER_SIZE + blocks.length * BLOCK_SIZE + entries.reduce((sum, { byteLength }) => sum + byteLength, 0),
  );
  const view = new DataView(table.buffer);
  view.setUint32(0, blocks.length, true);
  let end = HEADER_SIZE + blocks.length * BLOCK_SIZE;
  for (const [index, { first, count }] of blocks.entries()) {
    const at = HEADER_SIZE + index * BLOCK_SIZE;
    view.setUint32(at, sorted[first]?.id ?? 0, true);
    view.setUint32(at + 4, sorted[first + count - 1]?.id ?? 0, true);
    view.setUint32(at + 8, end, true);
    for (const entry of entries.slice(first, first + count)) {
      table.set(entry, end);
      end += entry.byteLength;
    }
  }
  return table;
}

/** Throws `FormatError` (`invalid-data`) when `table` is not such a resource. ANSI texts are read as Latin-1. */
export function decodeMessageTable(table: Uint8Array): Message[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const blockCount = readUint32(view, 0);
  if (HEADER_SIZE + blockCount * BLOCK_SIZE > table.byteLength) throw damaged('its blocks go beyond its end');
  const messages: Message[] = [];
  for (let block = 0; block < blockCount; block++) {
    const at = HEADER_SIZE + block * BLOCK_SIZE;
    const [low, high] = [readUint32(view, at), readUint32(view, at + 4)];
    if (high < low || low <= (messages.at(-1)?.id ?? -1)) throw damaged(`block ${block} is not in ascending order`);
    for (let id = low, offset = readUint32(view, at + 8); id <= high; id++) {
      const { text, length } = decodeEntry(view, offset);
      messages.push({ id, text });
      offset += length;
      // Without this, blocks that share entries could make a small table expand without limit.
      if (messages.length * ENTRY_HEADER_SIZE > table.byteLength) throw damaged('its blocks share entries');
    }
  }
  return messages;
}

function checkId(id: number, previous: number | undefined): void {
  if (!Number.isInteger(id) || id < 0 || id > 0xffff_ffff) {
    throw unencodable(`id ${id}`, 'it is no unsigned 32-bit number');
  }
  if (id === previous) throw unencodable(`id ${id}`, 'it is there twice');
}

function encodeEntry({ id, text }: Message): Uint8Array {
  if (text.includes('\0')) throw unencodable(`the text of id ${id}`, 'it holds a NUL, where readers would stop');
  const content = Buffer.from(`${text}${LINE_END}\0`, 'utf16le');
  const length = (ENTRY_HEADER_SIZE + content.byteLength + 3) & ~3;
  if (length > 0xffff) throw unencodable(`the text of id ${id}`, `its entry has ${length} bytes, allowed are 65532`);
  const entry = new Uint8Array(length);
  const view = new DataView(entry.buffer);
  view.setUint16(0, length, true);
  view.setUint16(2, FLAG_UNICODE, true);
  entry.set(content, ENTRY_HEADER_SIZE);
  return entry;
}

function consecutiveRuns(ids: readonly number[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const [index, id] of ids.entries()) {
    const run = runs.at(-1);
    if (run !== undefined && ids[index - 1] === id - 1) run.count++;
    else runs.push({ first: index, count: 1 });
  }
  return runs;
}

function decodeEntry(view: DataView, offset: number): { text: string; length: number } {
  const header = readUint32(view, offset);
  const [length, flags] = [header & 0xffff, header >>> 16];
  if (length < ENTRY_HEADER_SIZE || offset + length > view.byteLength) {
    throw damaged(`the entry at ${offset} has ${length} bytes`);
  }
  const content = Buffer.from(view.buffer, view.byteOffset + offset + ENTRY_HEADER_SIZE, length - ENTRY_HEADER_SIZE);
  const [text = ''] = content.toString(flags & FLAG_UNICODE ? 'utf16le' : 'latin1').split('\0', 1);
  return { text: text.endsWith(LINE_END) ? text.slice(0, -LINE_END.length) : text, length };
}

function readUint32(view: DataView, offset: number): number {
  if (offset + 4 > view.byteLength) throw damaged(`it ends before offset ${offset + 4}`);
  return view.getUint32(offset, true);
}

function damaged(found: string): FormatError {
  return new FormatError('pe', 'invalid-data', `Cannot read the message table: ${found}`);
}

function unencodable(subject: string, found: string): FormatError {
  return new FormatError('pe', 'invalid-input', `Cannot write ${subject} into a message table: ${found}`);
}
