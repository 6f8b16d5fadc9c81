import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../installer/formats/format-error.ts';
import { decodeMessageTable, encodeMessageTable } from '../../../installer/formats/pe/message-table.ts';

/** Two blocks, laid out by hand from the structures in winnt.h. */
const twoBlocks = Buffer.from(
  [
    '02000000',
    '0100000002000000 1c000000', // ids 1 to 2
    'ffffffffffffffff 38000000', // id 0xFFFFFFFF
    '1000 0100 4100 2500 3100 0d00 0a00 0000', // "A%1", 4 + 12 bytes
    '0c00 0100 885b 0d00 0a00 0000', // one Chinese character, 4 + 8 bytes
    '0c00 0100 0d00 0a00 0000 0000', // empty text: 4 + 6 bytes and 2 of padding
  ]
    .join('')
    .replaceAll(' ', ''),
  'hex',
);
const twoBlockMessages = [
  { id: 1, text: 'A%1' },
  { id: 2, text: '守' },
  { id: 0xffff_ffff, text: '' },
];

test('encodeMessageTable writes one block per run of ids, entries padded to four bytes', () => {
  expect(Buffer.from(encodeMessageTable(twoBlockMessages.toReversed())).toString('hex')).toBe(
    twoBlocks.toString('hex'),
  );
});

test('decodeMessageTable reads what winnt.h describes, ANSI entries and entries without a line end too', () => {
  expect(decodeMessageTable(twoBlocks)).toEqual(twoBlockMessages);
  const ansi = Buffer.from('010000000700000007000000100000000c000000' + '68656c6c6f210000', 'hex');
  expect(decodeMessageTable(ansi)).toEqual([{ id: 7, text: 'hello!' }]);
});

const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => !value.includes('\0'));
const messages = fc.uniqueArray(fc.record({ id: fc.oneof(fc.nat(30), fc.nat(0xffff_ffff)), text }), {
  selector: ({ id }) => id,
});

test('decodeMessageTable gives back what encodeMessageTable was given, in the order of the ids', () => {
  fc.assert(
    fc.property(messages, (given) => {
      const table = encodeMessageTable(given);
      expect(table.byteLength % 4).toBe(0);
      expect(decodeMessageTable(table)).toEqual(given.toSorted((a, b) => a.id - b.id));
    }),
  );
});

test('decodeMessageTable answers any damage with a FormatError or fewer messages than bytes', () => {
  fc.assert(
    fc.property(messages, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), (given, edits) => {
      const table = encodeMessageTable(given);
      for (const [at, value] of edits) table[at % table.byteLength] = value;
      try {
        expect(decodeMessageTable(table).length).toBeLessThanOrEqual(table.byteLength / 4);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
  );
});

test('decodeMessageTable stops at blocks that share entries', () => {
  const blocks = Array.from({ length: 8 }, (_, block) => Uint32Array.of(block * 4, block * 4 + 3, 100));
  const entries = Buffer.from('04000100'.repeat(4), 'hex');
  const table = Buffer.concat([Uint32Array.of(8), ...blocks].map((words) => Buffer.from(words.buffer)).concat(entries));
  expect(() => decodeMessageTable(table)).toThrow('share entries');
});

describe('encodeMessageTable refuses', () => {
  test.each([
    [
      'an id twice',
      [
        { id: 1, text: 'a' },
        { id: 1, text: 'b' },
      ],
      'twice',
    ],
    ['an id that is negative', [{ id: -1, text: 'a' }], 'unsigned'],
    ['an id beyond 32 bits', [{ id: 2 ** 32, text: 'a' }], 'unsigned'],
    ['a NUL', [{ id: 1, text: 'a\0b' }], 'NUL'],
    ['a text that its length field cannot say', [{ id: 1, text: 'a'.repeat(32_765) }], 'allowed are 65532'],
  ])('%s', (_what, given, message) => {
    expect(() => encodeMessageTable(given)).toThrow(message);
  });

  test('nothing just below that', () => {
    const given = [{ id: 1, text: 'a'.repeat(32_761) }];
    expect(decodeMessageTable(encodeMessageTable(given))).toEqual(given);
  });
});
