/** What the compiler's tests share: files in memory, a whole MSI in memory, tables as text. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';
import { expect } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { type ByteSource, bytesReader, bytesSource, readAll } from '../../installer/formats/byte-source.ts';
import { encodeMsi, type MsiCell, type MsiDatabase, type MsiTable } from '../../installer/formats/msi/index.ts';
import { readUiLibrary } from '../../installer/tools/ui-library.ts';
import { type CompileOptions, type CompileResult, compile, type FileResolver } from '../../installer/wix/index.ts';
import { cabinetBytes } from '../formats/support.ts';
import { checkMsiBytes } from '../support/windows-strict.ts';

/** Texts and bytes by path; separators and case are taken as written, `\` and `/` being the same. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function memoryFiles(files: Files): FileResolver {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      plain(path),
      typeof content === 'string' ? Buffer.from(content) : content,
    ]),
  );
  return {
    async resolvePayload(path) {
      const found = bytes.get(plain(path));
      return found === undefined ? undefined : { path: plain(path), ...bytesReader(new Uint8Array(found)) };
    },
    async resolveInclude(path) {
      const found = bytes.get(plain(path));
      return found === undefined ? undefined : { file: plain(path), text: Buffer.from(found).toString() };
    },
    resolveUi: readUiLibrary,
  };
}

function plain(path: string): string {
  return path.replaceAll('\\', '/');
}

export const EPOCH = 1_700_000_000;

export interface CompileTextOptions extends Partial<Omit<CompileOptions, 'files'>> {
  readonly files?: Files;
}

/** Compiles `text` as `in.wxs`. */
export function compileText(text: string, options: CompileTextOptions = {}): Promise<CompileResult> {
  const { files = {}, ...rest } = options;
  return compile([{ file: 'in.wxs', text }], {
    variables: new Map(),
    environment: new Map(),
    architecture: 'x86',
    currentDir: '/',
    sourceDateEpoch: EPOCH,
    application: 'test',
    ...rest,
    files: memoryFiles(files),
  });
}

export type Compiled = Extract<CompileResult, { ok: true }>;

/** The result of sources that have to compile; what is wrong with them is the test's failure message. */
export function mustCompile(result: CompileResult): Compiled {
  expect(result.diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic)).toEqual([]);
  if (!result.ok) throw new Error('the compiler failed without an error');
  return result;
}

/** The bytes of the MSI, held to everything that Windows is known to be strict about. */
export async function msiBytes(compiled: Compiled): Promise<Uint8Array> {
  const streams = new Map<string, ByteSource>();
  for (const { name, embedded, members, compression } of compiled.cabinets) {
    if (embedded) streams.set(name, bytesSource(await cabinetBytes(members, { compression })));
  }
  const bytes = await readAll(encodeMsi({ ...compiled.database, streams }));
  expect(checkMsiBytes(bytes)).toEqual([]);
  return bytes;
}

/** A Product around `content`, with the least that every product needs. Lines of `content` start at line 4. */
export function product(content: string, attributes = ''): string {
  return `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="*" Name="P" Manufacturer="M" Version="1.2.3" Language="1033" UpgradeCode="{D4CD70BC-7ABD-4FCD-8E10-C8DB53C73415}" ${attributes}>
<Package InstallerVersion="500" Compressed="yes" /><Media Id="1" Cabinet="a.cab" EmbedCab="yes" />
${content}
</Product>
</Wix>`;
}

/** A product with one component `C` in `INSTALLDIR`. Lines of `content` start at line 7. */
export function component(content: string, attributes = 'Guid="{FBFFDA3F-DDF1-4651-BB4E-A01F0DDF66A1}"'): string {
  return product(`<Feature Id="F"><ComponentRef Id="C" /></Feature>
<Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFilesFolder"><Directory Id="INSTALLDIR" Name="App">
<Component Id="C" ${attributes}>
${content}
</Component>
</Directory></Directory></Directory>`);
}

export function table(database: MsiDatabase, name: string): MsiTable | undefined {
  return database.tables.find((candidate) => candidate.name === name);
}

/** Rows as objects in stored order, null cells left out. */
export function rows(compiled: Compiled, name: string): readonly Readonly<Record<string, MsiCell>>[] {
  const { columns = [], rows: stored = [] } = table(compiled.database, name) ?? {};
  return stored.map((row) =>
    Object.fromEntries(
      columns.flatMap((column, index) => ((row[index] ?? null) === null ? [] : [[column.name, row[index] ?? null]])),
    ),
  );
}

/** Everything a database holds, as text that a person can review: tables by name, rows sorted. */
export function dumpDatabase(database: MsiDatabase): string {
  const { summary, codePage } = database;
  const facts = Object.entries(summary).map(
    ([name, value]) => `${name}: ${value instanceof Date ? value.toISOString() : value}`,
  );
  const tables = database.tables.filter(({ name }) => name !== '_Validation').map(dumpTable);
  return [`codePage: ${codePage}`, ...facts, '', ...tables].join('\n');
}

function dumpTable(stored: MsiTable): string {
  const head = stored.columns.map(({ name, primaryKey }) => `${name}${primaryKey ? '*' : ''}`).join(' | ');
  return [`[${stored.name}] ${head}`, ...rowsText(stored), ''].join('\n');
}

/** Rows as lines, sorted. The cells of `hidden` are left out. */
export function rowsText(stored: MsiTable, hidden?: string): readonly string[] {
  const shown = stored.columns.flatMap(({ name }, index) => (name === hidden ? [] : [index]));
  return stored.rows
    .map((row) =>
      shown
        .map((index) => dumpCell(row[index] ?? null))
        .join(' | ')
        .trimEnd(),
    )
    .sort();
}

function dumpCell(cell: MsiCell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? `<${cell.binary.sizeBytes} bytes>` : String(cell);
}

/** Compares with `test/golden/<name>`; `UPDATE_GOLDEN=1` writes it anew, which continuous integration must never do. */
export function expectGolden(name: string, actual: string): void {
  const path = new URL(`../golden/${name}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') {
    if (process.env.CI === 'true')
      throw new Error('Cannot update golden files: CI=true is set, review and commit them locally');
    writeFileSync(path, actual);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : 'no golden file: run with UPDATE_GOLDEN=1').toBe(actual);
}

/** A small Windows executable with a version resource. */
export function executable(
  version: readonly [number, number, number, number],
  languages: readonly number[] = [1033],
): Uint8Array {
  const exe = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(exe);
  const info = Resource.VersionInfo.createEmpty();
  const [language = 0] = languages;
  info.lang = language;
  info.fixedInfo.fileVersionMS = (version[0] << 16) | version[1];
  info.fixedInfo.fileVersionLS = (version[2] << 16) | version[3];
  for (const lang of languages) info.setStringValues({ lang, codepage: 1200 }, { ProductName: 'Test' });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  return new Uint8Array(exe.generate());
}
