import { expect, test } from 'vitest';
import { formatCommandFile, parseExitCodeFile, quoteArgument } from './windows-command.ts';

test.each([
  ['/qn', '/qn'],
  ['C:\\a b\\x.msi', '"C:\\a b\\x.msi"'],
  ['INSTALLDIR=C:\\Custom Dir\\', 'INSTALLDIR="C:\\Custom Dir\\"'],
  ['NOSTART=1', 'NOSTART=1'],
  ['SERVICEPASSWORD=', 'SERVICEPASSWORD=""'],
  ['100%', '100%%'],
  ['a&b', '"a&b"'],
  ['', '""'],
])('quoteArgument() turns %j into %j', (argument, quoted) => {
  expect(quoteArgument(argument)).toBe(quoted);
});

test.each(['a"b', 'ä', 'a\nb'])('quoteArgument() refuses %j', (argument) => {
  expect(() => quoteArgument(argument)).toThrow(RangeError);
});

test('formatCommandFile() keeps the exit code from being read as a file handle', () => {
  const text = formatCommandFile({ args: ['msiexec', '/i', 'x.msi'], exitCodePath: 'Z:\\runs\\1.rc' });
  // "echo 1>file" would redirect handle 1 and write nothing.
  expect(text).toBe('@msiexec /i x.msi\r\n@echo RC=%errorlevel% > Z:\\runs\\1.rc\r\n');
});

test('parseExitCodeFile() reads full and negative codes, and nothing from an unfinished file', () => {
  expect(parseExitCodeFile('RC=1627 \r\n')).toBe(1627);
  expect(parseExitCodeFile('RC=-1073741510 \r\n')).toBe(-1073741510);
  expect(parseExitCodeFile('')).toBeUndefined();
});
