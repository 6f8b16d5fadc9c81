import { bytesReader, readAll } from '../../../installer/formats/byte-source.ts';
import { decodeMsi, encodeMsi } from '../../../installer/formats/msi/index.ts';
import { validateDatabase } from '../../../installer/validate/index.ts';
import { samplePackage } from '../../formats/support.ts';
import { mutateBytes } from '../mutate.ts';
import { mutateStream, streamsOf } from '../mutate-stream.ts';
import type { FuzzTarget } from '../targets.ts';
import { drain } from './cab.ts';

export const msiTarget: FuzzTarget = {
  name: 'msi',
  description: 'databases: catalogue, strings, tables, summary, streams; what can be read is validated',
  async prepare() {
    const packages = [await samplePackage({ streams: new Map() }), await samplePackage({ codePage: 65_001 })];
    const seeds = await Promise.all(packages.map((content) => readAll(encodeMsi(content))));
    const contents = await Promise.all(seeds.map(streamsOf));
    return (random) =>
      random.below(2) === 0 ? mutateBytes(random.pick(seeds), random) : mutateStream(random.pick(contents), random);
  },
  async read(input) {
    const content = await decodeMsi(bytesReader(input));
    for (const source of content.streams.values()) await drain(source);
    for (const cell of content.tables.flatMap(({ rows }) => rows.flat())) {
      if (cell !== null && typeof cell === 'object') await drain(cell.binary);
    }
    validateDatabase(content);
    return true;
  },
};
