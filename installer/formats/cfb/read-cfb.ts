import type { RandomAccessReader } from '../byte-source.ts';
import type { CfbStorage } from './model.ts';

export async function readCfb(reader: RandomAccessReader): Promise<CfbStorage> {
  throw new Error(`Cannot read ${reader.sizeBytes} bytes yet`);
}
