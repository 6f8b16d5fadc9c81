import { expect, test } from 'vitest';
import { translateWixFlags } from '../../installer/commands/wix-flags.ts';

test('translateWixFlags knows the spelling of candle and light and leaves the rest alone', () => {
  const given = ['compile', 'a.wxs', '-arch', 'x64', '-cultures:de-de;en-us', '-loc', 'a.wxl', '-dA=-loc', '-b', 'x=y'];
  expect(translateWixFlags(given)).toEqual([
    'compile',
    'a.wxs',
    '--arch',
    'x64',
    '--cultures',
    'de-de;en-us',
    '--loc',
    'a.wxl',
    '-dA=-loc',
    '-b',
    'x=y',
  ]);
});
