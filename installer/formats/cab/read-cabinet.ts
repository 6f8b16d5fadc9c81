import type { RandomAccessReader } from '../byte-source.ts';
import type { Cabinet } from './model.ts';

export async function readCabinet(reader: RandomAccessReader): Promise<Cabinet> {
  throw new Error(`Cannot read ${reader.sizeBytes} bytes yet`);
}
