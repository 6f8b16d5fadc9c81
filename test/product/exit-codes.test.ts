import { expect, test } from 'vitest';
import { exitCodes } from '../../src/product/exit-codes.ts';

test('exitCodes are distinct, fit a POSIX exit status, and leave 1 to 19 to Node except 2', () => {
  const codes = Object.values(exitCodes).map(({ code }) => code as number);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code === 0 || code === 2 || (code >= 20 && code <= 255)).toBe(true);
});
