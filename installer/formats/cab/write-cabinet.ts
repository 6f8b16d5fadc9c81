import type { RandomAccessSink } from '../byte-source.ts';
import type { CabinetMember, CabinetOptions, CabinetSummary } from './model.ts';

export async function writeCabinet(
  members: readonly CabinetMember[],
  sink: RandomAccessSink,
  options: CabinetOptions = {},
): Promise<CabinetSummary> {
  throw new Error(`Cannot write ${members.length} members yet ${typeof sink} ${options.level}`);
}
