import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSddl } from '../../installer/validate/sddl.ts';

describe('parseSddl()', () => {
  test('reads owner, group, protection, flags, rights and trustees', () => {
    expect(parseSddl('O:SYG:BAD:P(A;OICI;FA;;;SY)(D;IO;0x2;;;S-1-5-80-1-2)S:(AU;SA;GA;;;WD)')).toEqual({
      ok: true,
      descriptor: {
        owner: 'SY',
        group: 'BA',
        access: {
          isProtected: true,
          entries: [
            { type: 'A', flags: ['OI', 'CI'], mask: 0x1f01ff, trustee: 'SY' },
            { type: 'D', flags: ['IO'], mask: 2, trustee: 'S-1-5-80-1-2' },
          ],
        },
      },
    });
  });

  test.each([
    ['D:(A;;CCLCRP;;;BA)', 0x15],
    ['D:(A;;FRFW;;;BA)', 0x12019f],
    ['D:(A;;1179785;;;BA)', 0x120089],
    ['D:(A;;KA;;;BA)', 0xf003f],
  ])('adds up the rights of %s', (text, mask) => {
    expect(parseSddl(text)).toMatchObject({ descriptor: { access: { entries: [{ mask }] } } });
  });

  test.each([
    'D:',
    'D:AI(A;;GR;;;WD)',
    'O:[SID]D:(A;;FA;;;[SID])',
    'D:(XA;;FX;;;S-1-1-0;(@User.Title=="PM"))',
    'O:SY',
    'S:(AU;SA;GA;;;WD)',
  ])('takes %s', (text) => {
    expect(parseSddl(text).ok).toBe(true);
  });

  test.each([
    ['', 'at the start'],
    ['(A;;FA;;;BA)', 'at the start'],
    ['D:(A;;FA;;;BA', '"(" without ")"'],
    ['D:A;;FA;;;BA)', '")" without "("'],
    ['D:(A;;FA;;BA)', '5 fields'],
    ['D:(B;;FA;;;BA)', 'type of an entry'],
    ['D:(A;XY;FA;;;BA)', 'flag of an entry'],
    ['D:(A;;FZ;;;BA)', 'rights of an entry'],
    ['D:(A;;FA;;;Users)', 'trustee of an entry'],
    ['O:Users', 'as owner'],
    ['D:PD:P', 'D: twice'],
    ['D:Q(A;;FA;;;BA)', 'flags of the list'],
  ])('refuses %j', (text, message) => {
    expect(parseSddl(text)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  });

  test('takes any text without throwing', () => {
    const piece = fc.constantFrom('D:', 'O:', 'S:', '(', ')', 'A', ';', ';;', 'FA', 'BA', 'P', '0x', 'S-1-');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          expect(typeof parseSddl(text).ok).toBe('boolean');
        },
      ),
    );
  });
});
