import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/verbs.ts';

describe('parseCommandLine', () => {
  test.each([
    [[], { verb: 'help', asked: false }],
    [['/?'], { verb: 'help', asked: true }],
    [['run', '-h'], { verb: 'help', asked: true }],
    [['-V'], { verb: 'version' }],
    [['service'], { verb: 'service', options: {} }],
    [['run', '--data-dir', 'a b'], { verb: 'run', options: { dataDir: 'a b' } }],
    [['run', '--data-dir=a=b'], { verb: 'run', options: { dataDir: 'a=b' } }],
    [
      ['service', '--heartbeat-seconds', '2.5', '--data-dir', 'd'],
      { verb: 'service', options: { heartbeatMs: 2500, dataDir: 'd' } },
    ],
  ])('reads %j', (args, expected) => {
    expect(parseCommandLine(args)).toEqual(expected);
  });

  test.each([
    [['Run'], 'did you mean "run"?'],
    [['version'], 'did you mean "--version"?'],
    [['run', 'now'], 'Cannot use option "now"'],
    [['run', '--data-dir', ''], 'a value is wanted'],
    [['run', '--heartbeat-seconds', '0'], 'a number from 0.01 to 86400 is wanted'],
    [['run', '--heartbeat-seconds=NaN'], 'a number from 0.01 to 86400 is wanted'],
  ])('complains about %j', (args, complaint) => {
    expect(parseCommandLine(args)).toMatchObject({ verb: 'wrong', complaint: expect.stringContaining(complaint) });
  });

  test('suggests nothing for a word that resembles no verb', () => {
    expect(parseCommandLine(['frobnicate'])).toMatchObject({ complaint: expect.not.stringContaining('did you mean') });
  });
});
