import { bytesReader, readAll } from '../../../installer/formats/byte-source.ts';
import { encodeMsi, type MsiDatabase } from '../../../installer/formats/msi/index.ts';
import {
  applyTransform,
  decodeTransform,
  encodeTransform,
  makeTransform,
} from '../../../installer/formats/mst/index.ts';
import { column, KEY, NULLABLE, samplePackage, table, textColumn } from '../../formats/support.ts';
import { mutateBytes } from '../mutate.ts';
import { mutateStream, streamsOf } from '../mutate-stream.ts';
import type { FuzzTarget } from '../targets.ts';
import { drain } from './cab.ts';

const columnsIn = (content: MsiDatabase) => (name: string) =>
  content.tables.find((item) => item.name === name)?.columns;

/** What the transforms are made for and applied to. */
const base = await samplePackage({ streams: new Map() });

export const mstTarget: FuzzTarget = {
  name: 'mst',
  description: 'transforms: read, applied to a database, the result written',
  async prepare() {
    const changed = changedFrom(base);
    const seed = await readAll(encodeTransform(await makeTransform(base, changed), columnsIn(changed)));
    const content = await streamsOf(seed);
    return (random) => (random.below(2) === 0 ? mutateBytes(seed, random) : mutateStream(content, random));
  },
  async read(input) {
    const transform = await decodeTransform(bytesReader(input), columnsIn(base));
    for (const source of transform.streams.values()) await drain(source);
    await drain(encodeMsi(applyTransform(base, transform)));
    return true;
  },
};

/** A table more, one less, rows inserted, changed and deleted. */
function changedFrom(content: MsiDatabase): MsiDatabase {
  const kept = content.tables.filter(({ name }) => name !== 'Empty');
  const added = table(
    'Added',
    [textColumn('Key', KEY), column('Number', 'int32', NULLABLE)],
    [
      ['a', 1],
      ['b', null],
    ],
  );
  const tables = kept.map((item) =>
    item.name === 'Property'
      ? { ...item, rows: [...item.rows.slice(1).map(([key = null]) => [key, 'changed']), ['New', 'value']] }
      : item,
  );
  return { ...content, tables: [...tables, added] };
}
