/**
 * Databases that WiX built, as a check against complaints about nothing. The files are not part of this project: the test
 * looks for them beside it, or where WIX3_CONFORMANCE says, and skips without them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesReader } from '../../installer/formats/byte-source.ts';
import { decodeMsi } from '../../installer/formats/msi/index.ts';
import { validateDatabase } from '../../installer/validate/index.ts';
import { places } from './support.ts';

const root = resolve(process.env.WIX3_CONFORMANCE ?? join(import.meta.dirname, '../../../shared/conformance/wix3'));
const cases = existsSync(root) ? readdirSync(join(root, 'cases')) : [];
if (cases.length === 0) console.warn(`No databases by WiX at ${root}. The test is skipped.`);

/** What is true of these databases, and nothing that Windows Installer itself would complain about. */
const known: Readonly<Record<string, readonly string[]>> = {
  // Permissions as SDDL, for a version of Windows Installer that does not know them.
  FilePermissionEx: ['error Summary:PageCount'],
  // Custom actions that run a program.
  SimpleCustomAction: ['warning CustomAction:CustomAction1:Type'],
  SimpleSequencing: ['warning CustomAction:CustomAction1:Type'],
};

describe.skipIf(cases.length === 0)('validateDatabase() of databases that WiX built', () => {
  test.each(cases)('%s', async (name) => {
    const bytes = new Uint8Array(readFileSync(join(root, 'cases', name, 'expected.msi')));
    // One of the files is damaged: text stands where its compound-file header should be.
    if (Buffer.from(bytes.subarray(8, 24)).some((byte) => byte !== 0)) return;
    expect(places(validateDatabase(await decodeMsi(bytesReader(bytes))))).toEqual(known[name] ?? []);
  });
});
