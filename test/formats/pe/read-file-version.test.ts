import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader } from '../../../installer/formats/byte-source.ts';
import { readFileVersion } from '../../../installer/formats/pe/read-file-version.ts';
import { executable } from '../../wix/support.ts';

describe('readFileVersion()', () => {
  test('reads the four numbers and the language of an executable', async () => {
    expect(await readFileVersion(bytesReader(executable([1, 2, 3, 65535])))).toEqual({
      version: '1.2.3.65535',
      languages: ['1033'],
    });
  });

  test('reads every language of the Translation list', async () => {
    const found = await readFileVersion(bytesReader(executable([1, 0, 0, 0], [1033, 2052])));
    expect(found?.languages).toEqual(['1033', '2052']);
  });

  test.each([
    ['an empty file', new Uint8Array(0)],
    ['a text', Buffer.from('MZ is how this text begins, but it is no executable at all, however long it may go on.')],
    ['a truncated executable', executable([1, 2, 3, 4]).subarray(0, 300)],
  ])('finds no version in %s', async (_, bytes) => {
    expect(await readFileVersion(bytesReader(new Uint8Array(bytes)))).toBeUndefined();
  });

  test('ends without an exception on any damage', async () => {
    const good = executable([1, 2, 3, 4]);
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [offset, value] of changes) bytes[offset] = value;
        await readFileVersion(bytesReader(bytes));
      }),
      { numRuns: 2000 },
    );
  });
});
