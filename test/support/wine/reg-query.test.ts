import { expect, test } from 'vitest';
import { parseRegQuery } from './reg-query.ts';

test('parseRegQuery() reads keys, values with spaces in name and data, and empty data', () => {
  const output =
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\V\r\n    Install Dir    REG_SZ    C:\\Program Files\\V\\\r\n    Start    REG_DWORD    0x2\r\n' +
    '    Empty    REG_SZ    \r\n\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\V\\Sub\r\n';
  const keys = parseRegQuery(output);
  expect(keys.map(({ path }) => path)).toEqual([
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\V',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\V\\Sub',
  ]);
  expect(Object.fromEntries(keys[0]?.values ?? [])).toEqual({
    'Install Dir': { type: 'REG_SZ', data: 'C:\\Program Files\\V\\' },
    Start: { type: 'REG_DWORD', data: '0x2' },
    Empty: { type: 'REG_SZ', data: '' },
  });
});
