import { beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../../installer/formats/byte-source.ts';
import { encodeMsi } from '../../../installer/formats/msi/index.ts';
import { checkMsiBytes } from '../../support/windows-strict.ts';
import { samplePackage } from '../support.ts';

let good: Uint8Array;
beforeAll(async () => {
  good = await readAll(encodeMsi(await samplePackage()));
});

describe('checkMsiBytes on the compound file', () => {
  const entryAt = (bytes: Buffer, id: number) => 512 + bytes.readUInt32LE(48) * 512 + id * 128;
  const damages: [string, RegExp, (bytes: Buffer) => void][] = [
    [
      'another root class',
      /root class is 00/,
      (bytes) => bytes.fill(0, entryAt(bytes, 0) + 80, entryAt(bytes, 0) + 96),
    ],
    [
      'siblings out of order',
      /is out of order/,
      (bytes) => {
        const top = entryAt(bytes, bytes.readUInt32LE(entryAt(bytes, 0) + 76));
        const left = bytes.readUInt32LE(top + 68);
        bytes.writeUInt32LE(bytes.readUInt32LE(top + 72), top + 68);
        bytes.writeUInt32LE(left, top + 72);
      },
    ],
    [
      'a red entry below a red one',
      /below a red one/,
      (bytes) => {
        for (let id = 1; id < 20; id++) bytes.writeUInt8(0, entryAt(bytes, id) + 67);
      },
    ],
    [
      'uneven black heights',
      /black heights differ/,
      (bytes) => {
        const ids = Array.from({ length: 15 }, (_, index) => index + 1);
        const red = ids.find((id) => bytes[entryAt(bytes, id) + 67] === 0) ?? 1;
        bytes.writeUInt8(1, entryAt(bytes, red) + 67);
      },
    ],
    [
      'an entry that cannot be reached',
      /cannot be reached/,
      (bytes) => {
        const top = entryAt(bytes, bytes.readUInt32LE(entryAt(bytes, 0) + 76));
        bytes.writeUInt32LE(0xffffffff, top + 68);
      },
    ],
    ['a header class', /header class/, (bytes) => bytes.writeUInt8(1, 8)],
  ];
  test.each(damages)('finds %s', (_, message, damage) => {
    const bytes = Buffer.from(good);
    damage(bytes);
    expect(checkMsiBytes(bytes).filter((violation) => message.test(violation))).not.toEqual([]);
  });
});
