import { expect, test } from 'vitest';
import { dataFolderSddl, serviceSid } from '../../installer/templates/service-sid.ts';

test('serviceSid gives TrustedInstaller the SID that every Windows has', () => {
  const expected = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
  expect(serviceSid('TrustedInstaller')).toBe(expected);
  expect(serviceSid('trustedinstaller')).toBe(expected);
});

test('dataFolderSddl names LocalService itself, other accounts through the service SID only', () => {
  const sid = serviceSid('Vigil');
  expect(dataFolderSddl('Vigil', 'LS')).toContain(';;;LS)');
  expect(dataFolderSddl('Vigil')).toBe(`O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;${sid})`);
});
