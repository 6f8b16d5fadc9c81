import type { ByteSource } from '../byte-source.ts';
import type { CfbInput } from './model.ts';

export function encodeCfb(input: CfbInput): ByteSource {
  throw new Error(`Cannot encode ${input.streams.length} streams yet`);
}
