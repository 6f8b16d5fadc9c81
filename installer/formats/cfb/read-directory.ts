import { cfbError, DIRECTORY_ENTRY_SIZE, ENTRY_STORAGE, ENTRY_STREAM, MAX_NAME_UNITS, NO_STREAM } from './constants.ts';

export interface DirectoryEntry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly clsid: Uint8Array;
  readonly start: number;
  readonly sizeBytes: number;
}

/** The entries of a directory ([MS-CFB] 2.6), decoded when asked for; each can be visited once. */
export class Directory {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #visited: Uint8Array;
  readonly #majorVersion: number;

  constructor(bytes: Uint8Array, majorVersion: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#visited = new Uint8Array(Math.floor(bytes.byteLength / DIRECTORY_ENTRY_SIZE));
    this.#majorVersion = majorVersion;
  }

  root(): DirectoryEntry {
    return this.#visit(0);
  }

  /** The children of a storage in tree order. Walks without recursion: a hostile tree may be one long list. */
  *children(storage: DirectoryEntry): Generator<DirectoryEntry> {
    const pending: DirectoryEntry[] = [];
    let id = storage.child;
    while (id !== NO_STREAM || pending.length > 0) {
      while (id !== NO_STREAM) {
        const entry = this.#visit(id);
        pending.push(entry);
        id = entry.left;
      }
      const entry = pending.pop();
      if (entry === undefined) return;
      if (entry.type !== ENTRY_STORAGE && entry.type !== ENTRY_STREAM) {
        throw cfbError('invalid-data', `Cannot read the directory: entry "${entry.name}" has type ${entry.type}`);
      }
      yield entry;
      id = entry.right;
    }
  }

  #visit(id: number): DirectoryEntry {
    if (id >= this.#visited.length) {
      const found = `an entry leads to entry ${id}`;
      throw cfbError('invalid-data', `Cannot read the directory: ${found}, there are ${this.#visited.length}`);
    }
    if (this.#visited[id] !== 0) {
      throw cfbError('invalid-data', `Cannot read the directory: entry ${id} is reached twice`);
    }
    this.#visited[id] = 1;
    const base = id * DIRECTORY_ENTRY_SIZE;
    return {
      name: this.#name(base),
      type: this.#view.getUint8(base + 66),
      left: this.#view.getUint32(base + 68, true),
      right: this.#view.getUint32(base + 72, true),
      child: this.#view.getUint32(base + 76, true),
      clsid: this.#bytes.slice(base + 80, base + 96),
      start: this.#view.getUint32(base + 116, true),
      sizeBytes: this.#size(base + 120),
    };
  }

  #name(base: number): string {
    const nameBytes = this.#view.getUint16(base + 64, true);
    const units = nameBytes / 2 - 1;
    if (nameBytes % 2 !== 0 || units < 0 || units > MAX_NAME_UNITS) {
      throw cfbError('invalid-data', `Cannot read the directory: a name has ${nameBytes} bytes, wanted 2 to 64, even`);
    }
    return String.fromCharCode(
      ...Array.from({ length: units }, (_, index) => this.#view.getUint16(base + index * 2, true)),
    );
  }

  /** Version 3 writers leave the high half undefined ([MS-CFB] 2.6.3). */
  #size(at: number): number {
    const low = this.#view.getUint32(at, true);
    return this.#majorVersion === 3 ? low : this.#view.getUint32(at + 4, true) * 2 ** 32 + low;
  }
}
