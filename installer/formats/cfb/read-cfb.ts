import { type RandomAccessReader, type RandomAccessSource, readAll } from '../byte-source.ts';
import { ChainReader } from './chain-reader.ts';
import {
  cfbError,
  DIRECTORY_ENTRY_SIZE,
  END_OF_CHAIN,
  ENTRY_ROOT,
  ENTRY_STORAGE,
  MINI_SECTOR_SIZE,
  MINI_STREAM_CUTOFF,
} from './constants.ts';
import type { CfbStorage, CfbStream } from './model.ts';
import { type CfbHeader, readFat, readHeader } from './read-allocation.ts';
import { Directory, type DirectoryEntry } from './read-directory.ts';
import { type ChainRun, countSectors, SectorChains } from './sector-chain.ts';

/** Far above any real file; keeps the directory of a hostile one at 128 MB. */
const MAX_ENTRIES = 1 << 20;
const MAX_STORAGE_DEPTH = 32;

/**
 * Reads the structure of a compound file, version 3 or 4; stream bytes stay in the file until asked for.
 * All chains are checked here: a stream that is returned has all its sectors, and no sector serves two streams.
 * Throws `FormatError` (`invalid-data`). A file that ends early fails when a stream behind its end is read.
 */
export async function readCfb(reader: RandomAccessReader): Promise<CfbStorage> {
  const header = await readHeader(reader);
  const chains = new SectorChains(await readFat(reader, header), header.sectorCount);
  const open = (runs: readonly ChainRun[], sizeBytes: number, subject: string) =>
    new ChainReader(reader, { runs, sizeBytes, subject, sectorSize: header.sectorSize, base: header.sectorSize });

  const directory = await readDirectory(header, chains, open);
  const root = directory.root();
  if (root.type !== ENTRY_ROOT) {
    throw cfbError('invalid-data', `Cannot read the directory: its first entry has type ${root.type}, wanted 5 (root)`);
  }
  const mini = await readMiniStream(header, root, { chains, open });
  const openStream = (entry: DirectoryEntry): CfbStream => {
    const subject = `stream "${entry.name}"`;
    if (entry.sizeBytes < MINI_STREAM_CUTOFF) return named(entry.name, mini(entry));
    const count = sectorsFor(entry, header.sectorSize, subject);
    return named(entry.name, open(chains.take(entry.start, count, subject), entry.sizeBytes, subject));
  };
  return readStorage(root, directory, { openStream, depth: 0 });
}

type OpenChain = (runs: readonly ChainRun[], sizeBytes: number, subject: string) => ChainReader;

async function readDirectory(header: CfbHeader, chains: SectorChains, open: OpenChain): Promise<Directory> {
  const runs = chains.takeAll(header.directoryStart, 'the directory');
  const sizeBytes = countSectors(runs) * header.sectorSize;
  if (sizeBytes === 0 || sizeBytes > MAX_ENTRIES * DIRECTORY_ENTRY_SIZE) {
    throw cfbError('invalid-data', `Cannot read the directory: it has ${sizeBytes} bytes`);
  }
  return new Directory(await readAll(open(runs, sizeBytes, 'the directory')), header.majorVersion);
}

/** Opens streams below the cutoff: chains of 64-byte sectors inside the root entry's own stream. */
async function readMiniStream(
  header: CfbHeader,
  root: DirectoryEntry,
  { chains, open }: { chains: SectorChains; open: OpenChain },
): Promise<(entry: DirectoryEntry) => ChainReader> {
  const subject = 'the mini stream';
  const fatRuns = header.miniFatStart === END_OF_CHAIN ? [] : chains.takeAll(header.miniFatStart, 'the mini FAT');
  const fatBytes = await readAll(open(fatRuns, countSectors(fatRuns) * header.sectorSize, 'the mini FAT'));
  const view = new DataView(fatBytes.buffer, fatBytes.byteOffset, fatBytes.byteLength);
  const miniFat = Uint32Array.from({ length: fatBytes.byteLength / 4 }, (_, index) => view.getUint32(index * 4, true));
  const containerRuns = chains.take(root.start, sectorsFor(root, header.sectorSize, subject), subject);
  const container = open(containerRuns, root.sizeBytes, subject);
  const miniChains = new SectorChains(miniFat, Math.ceil(root.sizeBytes / MINI_SECTOR_SIZE));
  return (entry) => {
    const name = `stream "${entry.name}"`;
    const runs = miniChains.take(entry.start, sectorsFor(entry, MINI_SECTOR_SIZE, name), name);
    const geometry = { runs, sectorSize: MINI_SECTOR_SIZE, base: 0, sizeBytes: entry.sizeBytes, subject: name };
    return new ChainReader(container, geometry);
  };
}

function sectorsFor(entry: DirectoryEntry, sectorSize: number, subject: string): number {
  if (!Number.isSafeInteger(entry.sizeBytes)) {
    throw cfbError('invalid-data', `Cannot read ${subject}: its announced size is ${entry.sizeBytes} bytes`);
  }
  return Math.ceil(entry.sizeBytes / sectorSize);
}

function readStorage(
  entry: DirectoryEntry,
  directory: Directory,
  { openStream, depth }: { openStream: (entry: DirectoryEntry) => CfbStream; depth: number },
): CfbStorage {
  if (depth > MAX_STORAGE_DEPTH) {
    throw cfbError(
      'invalid-data',
      `Cannot read the directory: storages are nested more than ${MAX_STORAGE_DEPTH} deep`,
    );
  }
  const streams: CfbStream[] = [];
  const storages: CfbStorage[] = [];
  for (const child of directory.children(entry)) {
    if (child.type === ENTRY_STORAGE) storages.push(readStorage(child, directory, { openStream, depth: depth + 1 }));
    else streams.push(openStream(child));
  }
  return { name: entry.name, clsid: entry.clsid, streams, storages };
}

function named(name: string, source: RandomAccessSource): CfbStream {
  return {
    name,
    sizeBytes: source.sizeBytes,
    chunks: () => source.chunks(),
    readAt: (offset, length) => source.readAt(offset, length),
  };
}
