import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesReader, readAll } from '../../../installer/formats/byte-source.ts';
import { readCabinet } from '../../../installer/formats/cab/index.ts';
import { decodeMsi, encodeMsi } from '../../../installer/formats/msi/index.ts';
import { expectLikeMsiinfo, exportedTable } from '../../support/msiinfo.ts';
import { requireTool } from '../../support/tools.ts';
import { checkMsiBytes } from '../../support/windows-strict.ts';
import {
  column,
  comparable,
  database,
  KEY,
  runTool,
  sampleBytes,
  samplePackage,
  table,
  textColumn,
  withFolder,
  writeTo,
} from '../support.ts';

const hasMsitools = requireTool('msiinfo') && requireTool('msiextract');
describe.skipIf(!hasMsitools)('msitools', () => {
  test('read every table, the streams and the summary of what encodeMsi wrote', async () => {
    await withFolder(async (folder) => {
      const bytes = await readAll(encodeMsi(await samplePackage({ codePage: 65001 })));
      const path = writeTo(folder, 'our package.msi', bytes);
      expectLikeMsiinfo(path, await decodeMsi(bytesReader(bytes)), folder);
      expect(runTool('msiinfo', ['streams', path], folder).toString().trim().split('\n').sort()).toEqual(
        ['Binary.large', 'Binary.small', '\x05SummaryInformation', 'cab1.cab'].sort(),
      );
      expect(runTool('msiinfo', ['extract', path, 'Binary.large'], folder)).toEqual(Buffer.from(sampleBytes(5000)));
      const summary = runTool('msiinfo', ['suminfo', path], folder).toString();
      expect(summary).toContain('Template: x64;1033');
      expect(summary).toContain('{01234567-89AB-CDEF-0123-456789ABCDEF}');
    });
  });

  test('extract the files of the embedded cabinet', async () => {
    await withFolder(async (folder) => {
      const path = writeTo(folder, 'our package.msi', await readAll(encodeMsi(await samplePackage())));
      runTool('msiextract', ['-C', folder, path], folder);
      expect(readFileSync(join(folder, 'Acme', 'zFile.bin')).equals(sampleBytes(70_000))).toBe(true);
      expect(readFileSync(join(folder, 'Acme', 'aFile.bin')).equals(sampleBytes(100, 7))).toBe(true);
    });
  });

  test('read 3-byte references and a string of 140,000 bytes', async () => {
    const rows = Array.from({ length: 66_000 }, (_, index) => [`key${index}`, index]);
    const long = 'ab'.repeat(70_000);
    const content = database([
      table('Many', [textColumn('Key', KEY), column('N', 'int32')], rows),
      table('LongText', [textColumn('Key', KEY), textColumn('Text', { width: 0 })], [['long', long]]),
    ]);
    await withFolder(async (folder) => {
      const path = writeTo(folder, 'large.msi', await readAll(encodeMsi(content)));
      expect(exportedTable(path, 'LongText', folder)).toContain(`long\t${long}`);
      expect(exportedTable(path, 'Many', folder)).toHaveLength(66_003);
    });
  });

  test.skipIf(!requireTool('msibuild'))('write what decodeMsi reads', async () => {
    await withFolder(async (folder) => {
      const idt = ['Key\tN\tText', 's72\tI2\tL0', 'Things\tKey', 'b\t-5\thello', 'a\t\t', ''].join('\r\n');
      writeTo(folder, 'Things.idt', Buffer.from(idt));
      runTool('msibuild', ['theirs.msi', '-s', 'Title', 'Author'], folder);
      runTool('msibuild', ['theirs.msi', '-i', 'Things.idt'], folder);
      const read = await decodeMsi(bytesReader(readFileSync(join(folder, 'theirs.msi'))));
      expectLikeMsiinfo(join(folder, 'theirs.msi'), read, folder);
      expect(read.tables.find(({ name }) => name === 'Things')?.rows).toContainEqual(['b', -5, 'hello']);
    });
  });
});

describe.skipIf(!hasMsitools || !requireTool('wixl'))('wixl', () => {
  test('writes a database and a cabinet that read back, and that encodeMsi mends', async () => {
    await withFolder(async (folder) => {
      const files = { one: sampleBytes(90_000), two: sampleBytes(10, 3) };
      for (const [name, bytes] of Object.entries(files)) writeTo(folder, name, bytes);
      writeTo(folder, 'theirs.wxs', Buffer.from(WIX_SOURCE));
      runTool('wixl', ['-o', 'theirs.msi', 'theirs.wxs'], folder);
      const bytes = readFileSync(join(folder, 'theirs.msi'));
      const content = await decodeMsi(bytesReader(bytes));
      expectLikeMsiinfo(join(folder, 'theirs.msi'), content, folder);

      const cabinet = content.streams.get('c.cab');
      if (cabinet === undefined) throw new Error('the cabinet is missing');
      const { members } = await readCabinet(cabinet);
      for (const { name, source } of members) expect(await readAll(source)).toEqual(files[name as keyof typeof files]);

      // wixl counts references wrongly; the same content written by us is clean.
      expect(checkMsiBytes(bytes).filter((violation) => violation.includes('references'))).not.toEqual([]);
      expect(checkMsiBytes(await readAll(encodeMsi(content)))).toEqual([]);
    });
  });
});

const WIX_SOURCE = `<?xml version="1.0"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" Name="T" Version="1.0.0" Manufacturer="M" Language="1033" UpgradeCode="11111111-2222-3333-4444-555555555555">
    <Package InstallerVersion="200" Compressed="yes" />
    <Media Id="1" Cabinet="c.cab" EmbedCab="yes" />
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Component Id="C" Guid="11111111-2222-3333-4444-555555555556"><File Id="one" Source="one" /><File Id="two" Source="two" /></Component>
    </Directory>
    <Feature Id="F"><ComponentRef Id="C" /></Feature>
  </Product>
</Wix>`;

const conformance = process.env.VIGIL_CONFORMANCE ?? resolve(import.meta.dirname, '../../../../shared/conformance');
const cases = join(conformance, 'wix3', 'cases');
const packages = existsSync(cases)
  ? readdirSync(cases).filter((name) => existsSync(join(cases, name, 'expected.msi')))
  : [];
if (packages.length === 0)
  console.warn(`No reference packages at "${cases}": set VIGIL_CONFORMANCE. Their tests are skipped.`);

/** Begins with the signature of a compound file and goes on as XML: msitools refuse it too. */
const DAMAGED = ['MultipleFragments'];

describe.skipIf(packages.length === 0 || !hasMsitools)('packages that Windows wrote', () => {
  test.each(packages.filter((name) => !DAMAGED.includes(name)))('%s: decodeMsi agrees with msiinfo', async (name) => {
    const path = join(cases, name, 'expected.msi');
    const bytes = readFileSync(path);
    const content = await decodeMsi(bytesReader(bytes));
    await withFolder((folder) => expectLikeMsiinfo(path, content, folder));
    expect(checkMsiBytes(bytes)).toEqual([]);

    const again = await readAll(encodeMsi(content));
    expect(checkMsiBytes(again)).toEqual([]);
    expect(await comparable(await decodeMsi(bytesReader(again)))).toEqual(await comparable(content));
  });

  test.each(packages.filter((name) => DAMAGED.includes(name)))(
    '%s: decodeMsi refuses what is no database',
    async (name) => {
      const bytes = readFileSync(join(cases, name, 'expected.msi'));
      await expect(decodeMsi(bytesReader(bytes))).rejects.toMatchObject({ name: 'FormatError', code: 'invalid-data' });
    },
  );
});
