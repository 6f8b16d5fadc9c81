import type { ByteSource } from '../../../installer/formats/byte-source.ts';
import { bytesReader } from '../../../installer/formats/byte-source.ts';
import { readCabinet } from '../../../installer/formats/cab/index.ts';
import { cabinetBytes, member, sampleBytes } from '../../formats/support.ts';
import { type LzxOptions, lzxCabinet } from '../../support/lzx-encoder.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../targets.ts';

export const cabTarget: FuzzTarget = {
  name: 'cab',
  description: 'cabinets: header and every member',
  async prepare() {
    const members = [
      member('one', sampleBytes(40_000)),
      member('empty', new Uint8Array(0)),
      member('two', sampleBytes(900, 3)),
    ];
    const seeds: Uint8Array[] = [
      await cabinetBytes(members),
      await cabinetBytes(members.slice(1), { compression: 'none' }),
    ];
    // One frame and three, with blocks of every type.
    for (const size of [4000, 70_000]) {
      const blocks: LzxOptions['blocks'] = [
        [1, 1001],
        [3, 777],
        [2, 2000],
      ];
      seeds.push(lzxCabinet(sampleBytes(size, 5), { windowBits: 15, blocks, imageSize: size }));
    }
    // Without checksums damage gets past them, into the decoder.
    const all = [...seeds, ...seeds.map(withoutChecksums)];
    return (random) => mutateBytes(random.pick(all), random);
  },
  async read(input) {
    const { members } = await readCabinet(bytesReader(input));
    for (const { source } of members) await drain(source);
    return true;
  },
};

/** Reads to the end and keeps nothing: what a bad size makes of memory is the reader's own doing. */
export async function drain(source: ByteSource): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of source.chunks()) sizeBytes += chunk.byteLength;
  return sizeBytes;
}

/** A checksum of 0 means that there is none ([MS-CAB] 2.4). Of cabinets without reserve bytes. */
function withoutChecksums(cabinet: Uint8Array): Uint8Array {
  const bytes = Buffer.from(cabinet);
  for (let folder = 0; folder < bytes.readUInt16LE(26); folder++) {
    let at = bytes.readUInt32LE(36 + folder * 8);
    for (let block = bytes.readUInt16LE(36 + folder * 8 + 4); block > 0; block--) {
      bytes.writeUInt32LE(0, at);
      at += 8 + bytes.readUInt16LE(at + 4);
    }
  }
  return bytes;
}
