/**
 * Sources of the WiX Toolset's own tests against the databases that WiX built from them. The files are not part of this
 * project: the test looks for them beside it, or where WIX3_CONFORMANCE says, and skips without them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { bytesReader } from '../../installer/formats/byte-source.ts';
import { decodeMsi, type MsiContent, type MsiDatabase } from '../../installer/formats/msi/index.ts';
import { compileToFile } from '../../installer/tools/compile-to-file.ts';
import { checkMsiBytes } from '../support/windows-strict.ts';
import { EPOCH, rowsText } from './support.ts';

const root = resolve(process.env.WIX3_CONFORMANCE ?? join(import.meta.dirname, '../../../shared/conformance/wix3'));
const cases = existsSync(root) ? readdirSync(join(root, 'cases')) : [];
if (cases.length === 0) console.warn(`No WiX sources at ${root}. The conformance test is skipped.`);

/** Columns that later WiX versions fill in otherwise than the one that built the expected database. */
const differences: Readonly<Record<string, Readonly<Record<string, { column: string; reason: string }>>>> = {
  SimpleFeature: {
    File: { column: 'Attributes', reason: 'WiX 3.0.3829 left files not vital; since 3.0.4000 they are' },
  },
  SimpleShortcut: {
    File: { column: 'Attributes', reason: 'WiX 3.0.3829 left files not vital; since 3.0.4000 they are' },
  },
  SimpleRegistry: {
    Component: {
      column: 'ComponentId',
      reason: 'WiX 3.0.3829 kept the case of the registry key; released versions lower it',
    },
  },
};

describe.skipIf(cases.length === 0)('compile() of the WiX test cases', () => {
  test.each(cases)('%s gives the tables that WiX gives', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'vigil wix-'));
    try {
      const msi = join(folder, 'out.msi');
      const sources = readdirSync(join(root, 'cases', name)).filter((file) => file.endsWith('.wxs'));
      const result = await compileToFile({
        sources: sources.map((file) => join(root, 'cases', name, file)),
        output: msi,
        environment: { WIX_ROOT: root },
        sourceDateEpoch: EPOCH,
      });
      if (hasEmptyInclude(name)) {
        // The file was handed on without its content; that it is not passed over in silence is all there is to see.
        expect(result.diagnostics.map(({ code }) => code)).toContain('WIX2001');
        return;
      }
      expect(result.diagnostics.map(formatDiagnostic)).toEqual([]);
      const bytes = new Uint8Array(await readFile(msi));
      expect(checkMsiBytes(bytes)).toEqual([]);
      await compare(name, await decodeMsi(bytesReader(bytes)));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

async function compare(name: string, actual: MsiContent): Promise<void> {
  const bytes = new Uint8Array(readFileSync(join(root, 'cases', name, 'expected.msi')));
  // One expected file is damaged: text stands where its compound-file header should be.
  if (Buffer.from(bytes.subarray(8, 24)).some((byte) => byte !== 0)) return;
  const expected = await decodeMsi(bytesReader(bytes));
  expect(comparable(actual, name)).toEqual(comparable(expected, name));
  const { revisionNumber: _, createdAt: _c, lastSavedAt: _l, creatingApplication: _a, ...summary } = expected.summary;
  expect(actual.summary).toMatchObject(summary);
}

/** Tables with their rows as text, without what a build may choose: product code and wording of `_Validation`. */
function comparable(database: MsiDatabase, name: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    database.tables
      .filter((table) => table.name !== '_Validation')
      .map((table) => {
        const hidden = differences[name]?.[table.name]?.column;
        const lines = rowsText(table, hidden).filter((line) => !line.startsWith('ProductCode | '));
        return [table.name, lines] as const;
      }),
  );
}

/** Whether a case includes a file that has no element at all. */
function hasEmptyInclude(name: string): boolean {
  const source = readFileSync(join(root, 'cases', name, 'product.wxs'), 'utf8');
  return [...source.matchAll(/<\?include \$\(env\.WIX_ROOT\)(.*?)\?>/g)].some(([, path = '']) => {
    const text = readFileSync(join(root, path.replaceAll('\\', '/')), 'utf8');
    return (
      !/<Include/.test(text) ||
      [...text.matchAll(/<\?include \$\(env\.WIX_ROOT\)(.*?)\?>/g)].some(
        ([, inner = '']) => !/<Include/.test(readFileSync(join(root, inner.replaceAll('\\', '/')), 'utf8')),
      )
    );
  });
}
