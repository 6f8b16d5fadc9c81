import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { encodeCfb, readCfb } from '../../../installer/formats/cfb/index.ts';
import type { CfbStorage } from '../../../installer/formats/cfb/model.ts';
import { sampleBytes } from '../../formats/support.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../targets.ts';
import { drain } from './cab.ts';

export const cfbTarget: FuzzTarget = {
  name: 'cfb',
  description: 'compound files: directory and every stream',
  async prepare() {
    const sizes = [0, 1, 63, 64, 700, 4095, 4096, 9000];
    const streams = sizes.map((size) => ({ name: `s${size}`, source: bytesSource(sampleBytes(size)) }));
    const bytes = await readAll(encodeCfb({ clsid: new Uint8Array(16), streams }));
    return (random) => mutateBytes(bytes, random);
  },
  async read(input) {
    await drainStorage(await readCfb(bytesReader(input)));
    return true;
  },
};

async function drainStorage({ streams, storages }: CfbStorage): Promise<void> {
  for (const stream of streams) await drain(stream);
  for (const storage of storages) await drainStorage(storage);
}
