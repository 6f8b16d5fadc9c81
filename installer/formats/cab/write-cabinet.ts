import type { RandomAccessSink } from '../byte-source.ts';
import { compressSegment } from './compress-segment.ts';
import { BLOCK_SIZE, cabError, FILE_SIZE, FOLDER_SIZE, HEADER_SIZE, MAX_CABINET_SIZE } from './constants.ts';
import { encodeCabinetHeader } from './encode-header.ts';
import type { CabinetMember, CabinetOptions, CabinetSummary } from './model.ts';
import { type CabinetPlan, type PlannedFolder, planCabinet } from './plan-cabinet.ts';
import { splitSegments } from './split-segments.ts';

/** zlib works in libuv's threads, four unless the user says otherwise: enough segments that none of them waits. */
const DEFAULT_SEGMENTS_IN_FLIGHT = 6;
const DEFAULT_LEVEL = 5;

/**
 * Writes a whole cabinet to `sink`: data first, behind the room for the header, which comes last because it knows the
 * sizes. Equal members and options give equal bytes. Memory does not grow with the payload.
 * Throws `FormatError` (`invalid-input`) for what a cabinet cannot hold and for a source that breaks its promised
 * size; what was written before is then of no use. Errors of sources and sink pass through.
 */
export async function writeCabinet(
  members: readonly CabinetMember[],
  sink: RandomAccessSink,
  options: CabinetOptions = {},
): Promise<CabinetSummary> {
  const plan = planCabinet(members);
  const state: WriteState = {
    position: headerSize(plan),
    doneBytes: 0,
    totalBytes: plan.folders.reduce((total, folder) => total + folder.sizeBytes, 0),
  };
  const folderOffsets: number[] = [];
  for (const folder of plan.folders) {
    folderOffsets.push(state.position);
    await writeFolder(folder, sink, { state, options });
  }
  const compression = options.compression ?? 'mszip';
  await sink.writeAt(0, encodeCabinetHeader(plan, { folderOffsets, sizeBytes: state.position, compression }));
  return { sizeBytes: state.position, folderCount: plan.folders.length, memberCount: members.length };
}

interface WriteState {
  position: number;
  doneBytes: number;
  readonly totalBytes: number;
}

/** Segments are compressed side by side and written in order; the window of pending ones bounds memory. */
async function writeFolder(
  folder: PlannedFolder,
  sink: RandomAccessSink,
  { state, options }: { state: WriteState; options: CabinetOptions },
): Promise<void> {
  const { compression = 'mszip', level = DEFAULT_LEVEL, segmentsInFlight = DEFAULT_SEGMENTS_IN_FLIGHT } = options;
  const pending: { records: Promise<Uint8Array>; size: number }[] = [];
  const writeNext = async () => {
    const next = pending.shift();
    if (next === undefined) return;
    await append(await next.records, sink, state);
    state.doneBytes += next.size;
    options.onProgress?.(state.doneBytes, state.totalBytes);
  };
  let history: Uint8Array | undefined;
  try {
    for await (const segment of splitSegments(folder.members)) {
      const records = compressSegment(segment, { compression, level, history });
      // Until it is awaited nobody listens to it: without this a failure meanwhile would end the process.
      records.catch(() => undefined);
      pending.push({ records, size: segment.byteLength });
      history = segment.subarray(-BLOCK_SIZE);
      if (pending.length >= segmentsInFlight) await writeNext();
    }
    while (pending.length > 0) await writeNext();
  } finally {
    // After a failure the rest still runs: wait, so that none of it outlives the call.
    await Promise.allSettled(pending.map(({ records }) => records));
  }
}

async function append(records: Uint8Array, sink: RandomAccessSink, state: WriteState): Promise<void> {
  if (state.position + records.byteLength > MAX_CABINET_SIZE) {
    const cure = 'spread the files over several cabinets';
    throw cabError('invalid-input', `Cannot write the cabinet: it exceeds ${MAX_CABINET_SIZE} bytes; ${cure}`);
  }
  await sink.writeAt(state.position, records);
  state.position += records.byteLength;
}

function headerSize({ folders, members }: CabinetPlan): number {
  const files = members.reduce((size, { nameBytes }) => size + FILE_SIZE + nameBytes.byteLength + 1, 0);
  return HEADER_SIZE + folders.length * FOLDER_SIZE + files;
}
