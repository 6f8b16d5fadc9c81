import { checkPackage } from './windows-strict/check-package.ts';
import { checkSummary } from './windows-strict/check-summary.ts';
import { checkTables } from './windows-strict/check-tables.ts';
import { parseRawCfb } from './windows-strict/raw-cfb.ts';
import { parseRawMsi } from './windows-strict/raw-msi.ts';

const DATABASE_CLASS = '84100c0000000000c000000000000046';

/**
 * Everything about the bytes of an MSI that makes Windows refuse it although readers on Linux accept it, as sentences;
 * none for a good file. Parses the bytes by itself, so that a misunderstanding in the writer cannot hide here.
 * For files of our own making: hostile bytes may throw.
 */
export function checkMsiBytes(bytes: Uint8Array): string[] {
  const cfb = parseRawCfb(bytes);
  const msi = parseRawMsi(cfb);
  const clsid = cfb.entries[0]?.clsid;
  return [
    ...(clsid === DATABASE_CLASS ? [] : [`cfb: root class is ${clsid}`]),
    ...cfb.violations,
    ...msi.violations,
    ...checkTables(msi),
    ...checkSummary(msi),
    ...checkPackage(msi),
  ];
}
