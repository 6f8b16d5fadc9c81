import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesReader } from '../../../installer/formats/byte-source.ts';
import { readAssemblyName } from '../../../installer/formats/pe/read-assembly-name.ts';
import { dotNetAssembly } from '../../support/dot-net-assembly.ts';
import { executable } from '../../wix/support.ts';

const read = (bytes: Uint8Array) => readAssemblyName(bytesReader(new Uint8Array(bytes)));

/** The key that stands for the runtime itself; ECMA-335, partition II, section 6.2.1.3. */
const STANDARD_KEY = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);

describe('readAssemblyName()', () => {
  test('reads name, version and culture of an assembly without a key', async () => {
    const bytes = dotNetAssembly({ name: 'Relay.Core', version: [1, 2, 3, 65535], culture: 'zh-CN' });
    expect(await read(bytes)).toEqual({
      name: 'Relay.Core',
      version: '1.2.3.65535',
      culture: 'zh-CN',
      publicKeyToken: undefined,
      processor: 'MSIL',
    });
  });

  test('makes the token from the key, as .NET prints it', async () => {
    const bytes = dotNetAssembly({ name: 'a', version: [4, 0, 0, 0], publicKey: STANDARD_KEY });
    expect(await read(bytes)).toMatchObject({ culture: 'neutral', publicKeyToken: 'B77A5C561934E089' });
  });

  test('tells an assembly that needs a 32-bit process', async () => {
    expect(await read(dotNetAssembly({ name: 'a', version: [1, 0, 0, 0], only32Bit: true }))).toMatchObject({
      processor: 'x86',
    });
  });

  test.each([
    ['an executable that is none of .NET', executable([1, 0, 0, 0])],
    ['an empty file', new Uint8Array(0)],
    ['an assembly cut off', dotNetAssembly({ name: 'a', version: [1, 0, 0, 0] }).subarray(0, 640)],
  ])('finds no identity in %s', async (_, bytes) => {
    expect(await read(bytes)).toBeUndefined();
  });

  test('ends without an exception on any damage', async () => {
    const good = dotNetAssembly({ name: 'Relay', version: [1, 2, 3, 4], publicKey: STANDARD_KEY });
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [offset, value] of changes) bytes[offset] = value;
        await read(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
