import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import { SEGMENT_SIZE } from '../../../installer/formats/cab/constants.ts';
import { readCabinet, writeCabinet } from '../../../installer/formats/cab/index.ts';
import { planCabinet } from '../../../installer/formats/cab/plan-cabinet.ts';
import { requireTool } from '../../support/tools.ts';
import { checkRawCabinet } from '../../support/windows-strict/raw-cab.ts';
import {
  cabinetBytes,
  MODIFIED_AT,
  member,
  runTool,
  sampleBytes,
  surviveMutations,
  withFolder,
  writeTo,
} from '../support.ts';

/** Incompressible: the case in which deflate grows a block. */
function noise(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = 88_172_645;
  for (let index = 0; index < size; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state;
  }
  return bytes;
}

async function contents(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const { members } = await readCabinet(bytesReader(bytes));
  const result: Record<string, Uint8Array> = {};
  for (const { name, source } of members) result[name] = await readAll(source);
  return result;
}

const payload = {
  first: sampleBytes(100_000),
  empty: new Uint8Array(0),
  exact: sampleBytes(32_768, 3),
  noise: noise(70_000),
  tiny: Uint8Array.of(1),
  zeros: new Uint8Array(200_000),
};

function payloadMembers() {
  return Object.entries(payload).map(([name, bytes]) => member(name, bytes));
}

describe('writeCabinet', () => {
  test.each(['mszip', 'none'] as const)('writes what readCabinet reads and Windows takes (%s)', async (compression) => {
    const bytes = await cabinetBytes(payloadMembers(), { compression });
    expect(await contents(bytes)).toEqual(payload);
    const { members, violations } = checkRawCabinet(bytes, 'test');
    expect(violations).toEqual([]);
    expect(members.map(({ name }) => name)).toEqual(Object.keys(payload));
  });

  test('keeps every block of incompressible data within 32,780 bytes at every level', async () => {
    for (let level = 1; level <= 9; level++) {
      expect(checkRawCabinet(await cabinetBytes([member('n', noise(400_000))], { level }), 'n').violations).toEqual([]);
    }
  });

  test('lets a block point back into the one before', async () => {
    const first = noise(32_768);
    const repeated = Buffer.concat([first, first.subarray(20_000)]);
    expect((await cabinetBytes([member('a', repeated)])).byteLength).toBeLessThan(34_000);
  });

  test('lets a segment point back into the one before', async () => {
    const repeated = noise(40_000);
    const bytes = Buffer.concat([noise(SEGMENT_SIZE - 40_000).fill(7), repeated, repeated.subarray(20_000)]);
    const cabinet = await cabinetBytes([member('a', bytes)]);
    expect(cabinet.byteLength).toBeLessThan(50_000);
    expect(await contents(cabinet)).toEqual({ a: new Uint8Array(bytes) });
  });

  test('gives equal bytes whatever the number of segments in flight', async () => {
    const members = [member('a', sampleBytes(2 * SEGMENT_SIZE + 100_000)), member('b', noise(SEGMENT_SIZE))];
    const [one, many] = await Promise.all(
      [1, 64].map((segmentsInFlight) => cabinetBytes(members, { segmentsInFlight })),
    );
    expect(Buffer.compare(one ?? Buffer.of(), many ?? Buffer.of(1))).toBe(0);
    expect(checkRawCabinet(one ?? Buffer.of(), 'long').violations).toEqual([]);
  });

  test('stops at the first failure of the sink, with nothing left running', async () => {
    const members = [member('a', noise(4 * SEGMENT_SIZE))];
    let writes = 0;
    const writeAt = async () => {
      writes++;
      throw new Error('disk full');
    };
    await expect(writeCabinet(members, { writeAt }, { segmentsInFlight: 2 })).rejects.toThrow('disk full');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(writes).toBe(1);
  });

  test('stores members of one content key once', async () => {
    const content = noise(50_000);
    const members = ['a', 'b', 'c'].map((name) => member(name, content, 'same'));
    const bytes = await cabinetBytes([member('head', sampleBytes(10)), ...members, member('tail', sampleBytes(9, 5))]);
    expect(bytes.byteLength).toBeLessThan(52_000);
    expect(await contents(bytes)).toMatchObject({ a: content, b: content, c: content, tail: sampleBytes(9, 5) });
    expect(checkRawCabinet(bytes, 'shared').violations).toEqual([]);
  });

  test('closes a folder before 65,535 blocks are exceeded', () => {
    const large = (name: string, sizeBytes: number) => member(name, { sizeBytes, chunks: async function* () {} });
    const full = 65_535 * 32_768;
    const { folders } = planCabinet([large('a', full - 1), large('b', 1), large('c', 1), large('d', full)]);
    expect(folders.map(({ sizeBytes }) => sizeBytes)).toEqual([full, 1, full]);
  });

  test('reports progress up to the whole', async () => {
    const seen: number[] = [];
    await cabinetBytes(payloadMembers(), { onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('keeps any members', async () => {
    const sizes = fc.array(fc.nat(80_000), { minLength: 0, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 9 }), async (list, level) => {
        const members = list.map((size, index) => member(`f${index}`, sampleBytes(size, index)));
        const bytes = await cabinetBytes(members, { level });
        const expected = Object.fromEntries(list.map((size, index) => [`f${index}`, sampleBytes(size, index)]));
        expect(await contents(bytes)).toEqual(expected);
        expect(checkRawCabinet(bytes, 'any').violations).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  const huge = { sizeBytes: 65_535 * 32_768 + 1, chunks: async function* () {} };
  const refused: [string, string, Parameters<typeof cabinetBytes>[0]][] = [
    ['a name twice', 'there twice', [member('a', payload.tiny), member('a', payload.tiny)]],
    ['an empty name', '1 to 255', [member('', payload.tiny)]],
    ['a name of 256 bytes', '1 to 255', [member('x'.repeat(256), payload.tiny)]],
    ['a member above the largest size', 'at most 2147450880', [member('a', huge)]],
    ['a year before 1980', '1980 to 2107', [{ ...member('a', payload.tiny), modifiedAt: new Date(0) }]],
    ['a content key with two sizes', 'content key', [member('a', payload.tiny, 'k'), member('b', payload.first, 'k')]],
    ['a source that yields less', 'were promised', [member('a', { ...bytesSource(payload.tiny), sizeBytes: 2 })]],
    ['a source that yields more', 'were promised', [member('a', { ...bytesSource(payload.first), sizeBytes: 2 })]],
  ];
  test.each(refused)('refuses %s', async (_, text, members) => {
    await expect(cabinetBytes(members)).rejects.toThrow(text);
    await expect(cabinetBytes(members)).rejects.toMatchObject({ code: 'invalid-input', format: 'cab' });
  });

  test('passes on the error of a source and of the sink', async () => {
    const broken = {
      sizeBytes: 10,
      chunks: () => {
        throw new Error('disk gone');
      },
    };
    await expect(cabinetBytes([member('a', payload.zeros), member('b', broken)])).rejects.toThrow('disk gone');
  });
});

describe('readCabinet', () => {
  test('lists members with their times and attributes', async () => {
    const [entry] = (await readCabinet(bytesReader(await cabinetBytes([member('käse.txt', payload.tiny)])))).members;
    expect(entry).toMatchObject({ name: 'käse.txt', sizeBytes: 1, modifiedAt: MODIFIED_AT, attributes: 0xa0 });
  });

  test('reads members in any order, and one of them again', async () => {
    const { members } = await readCabinet(bytesReader(await cabinetBytes(payloadMembers())));
    for (const index of [5, 0, 3, 3, 2, 5, 4]) {
      const entry = members[index];
      if (entry === undefined) throw new Error('member is missing');
      expect(await readAll(entry.source)).toEqual(payload[entry.name as keyof typeof payload]);
    }
  });

  test('finds a flipped bit by the checksum', async () => {
    const bytes = await cabinetBytes([member('a', payload.noise)]);
    bytes[bytes.byteLength - 20] = (bytes[bytes.byteLength - 20] ?? 0) ^ 1;
    await expect(contents(bytes)).rejects.toThrow('Cannot read member "a", block 3: its checksum is wrong');
  });

  test('names Quantum when it meets it', async () => {
    const bytes = Buffer.from(await cabinetBytes([member('a', payload.tiny)]));
    bytes.writeUInt16LE(0x1502, 42);
    await expect(contents(bytes)).rejects.toThrow('compressed with Quantum, wanted MSZIP, LZX or none');
    await expect(contents(bytes)).rejects.toMatchObject({ code: 'invalid-data' });
  });

  const damages: [string, string, (bytes: Buffer) => void][] = [
    ['another signature', 'MSCF', (bytes) => bytes.writeUInt8(0, 0)],
    ['one of a set', 'one of a set', (bytes) => bytes.writeUInt16LE(2, 30)],
    ['another version', 'version is 2.3', (bytes) => bytes.writeUInt8(2, 25)],
    ['more folders than bytes', 'directory needs', (bytes) => bytes.writeUInt16LE(0xffff, 26)],
    ['more members than there are', 'has no end', (bytes) => bytes.writeUInt16LE(0xffff, 28)],
    ['a member in no folder', 'in folder 9 of 1', (bytes) => bytes.writeUInt16LE(9, 44 + 8)],
    ['a member that ends behind its blocks', 'ends behind', (bytes) => bytes.writeUInt32LE(200_000, 44)],
    ['a member of 4 GB', 'largest possible folder', (bytes) => bytes.writeUInt32LE(0xffffffff, 44)],
    ['blocks behind the end', 'ends before', (bytes) => bytes.writeUInt32LE(0x7fffffff, 36)],
  ];
  test.each(damages)('refuses %s', async (_, text, damage) => {
    const bytes = Buffer.from(await cabinetBytes([member('a', payload.first)]));
    damage(bytes);
    await expect(contents(bytes)).rejects.toThrow(text);
    await expect(contents(bytes)).rejects.toMatchObject({ name: 'FormatError', code: 'invalid-data' });
  });

  test('survives 2,000 damaged cabinets without checksums', async () => {
    const bytes = Buffer.from(await cabinetBytes([member('a', sampleBytes(30_000)), member('b', sampleBytes(300))]));
    bytes.writeUInt32LE(0, bytes.readUInt32LE(36));
    expect(await surviveMutations(bytes, 2000, contents)).toBeGreaterThan(300);
  });

  test('takes no memory for what a member only announces', async () => {
    const bytes = Buffer.from(await cabinetBytes([member('a', payload.first)]));
    bytes.writeUInt32LE(0x7fff0000, 44);
    const before = process.memoryUsage().arrayBuffers;
    await expect(contents(bytes)).rejects.toMatchObject({ code: 'invalid-data' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('survives 2,000 damaged cabinets', async () => {
    const bytes = await cabinetBytes([member('a', sampleBytes(40_000)), member('b', sampleBytes(300))]);
    expect(await surviveMutations(bytes, 2000, contents)).toBeGreaterThan(500);
  });
});

describe('foreign cabinet tools', () => {
  test.skipIf(!requireTool('cabextract'))('cabextract tests and extracts what writeCabinet wrote', async () => {
    await withFolder(async (folder) => {
      const shared = member('shared', payload.noise, 'k');
      const members = [...payloadMembers(), shared, member('again', payload.noise, 'k'), member('last', payload.tiny)];
      const path = writeTo(folder, 'our.cab', await cabinetBytes(members));
      expect(runTool('cabextract', ['-t', path], folder).toString()).toContain('All done, no errors');
      runTool('cabextract', ['-q', path], folder);
      for (const { name, source } of members) {
        expect(Buffer.compare(readFileSync(join(folder, name)), await readAll(source)), name).toBe(0);
      }
    });
  });
});
