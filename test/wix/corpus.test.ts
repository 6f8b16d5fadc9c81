/**
 * Sources of our own, and the services template, compiled by us and by wixl, table by table. What wixl does otherwise is
 * listed in `corpus/differences.ts`, what it cannot do in `corpus/wixl-refusals.ts`.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { bytesReader } from '../../installer/formats/byte-source.ts';
import { decodeMsi, type MsiContent, type MsiTable } from '../../installer/formats/msi/index.ts';
import { compileToFile } from '../../installer/tools/compile-to-file.ts';
import { expectLikeMsiinfo } from '../support/msiinfo.ts';
import { requireTool } from '../support/tools.ts';
import { checkMsiBytes } from '../support/windows-strict.ts';
import { type Difference, differences, differencesOf } from './corpus/differences.ts';
import { templateSource } from './corpus/template-source.ts';
import { wixlRefusals } from './corpus/wixl-refusals.ts';
import { EPOCH, executable } from './support.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'corpus');
const sources = readdirSync(fixtures)
  .filter((file) => file.endsWith('.wxs'))
  .map((file) => basename(file, '.wxs'));
const compared = [...sources.filter((name) => !(name in wixlRefusals)), 'template'];
const hasWixl = requireTool('wixl');
const hasMsiinfo = requireTool('msiinfo');

let folder: string;
const seen = new Set<Difference>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corpus test-'));
  cpSync(fixtures, folder, { recursive: true });
  mkdirSync(join(folder, 'payload'));
  const payload = {
    'app.exe': Buffer.alloc(3000, 'app'),
    'tool.exe': Buffer.from('tool'),
    'versioned.exe': executable([1, 2, 3, 4]),
    'messages.dll': Buffer.from('messages'),
    'app.ico': Buffer.from([0, 0, 1, 0]),
    'readme.txt': Buffer.from('readme\n'),
    'notes.txt': Buffer.from('notes\n'),
    'empty.dat': Buffer.alloc(0),
  };
  for (const [name, bytes] of Object.entries(payload)) writeFileSync(join(folder, 'payload', name), bytes);
  writeFileSync(join(folder, 'template.wxs'), await templateSource(join(folder, 'payload')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the corpus has at least 15 sources that wixl takes', () => {
  expect(compared.length).toBeGreaterThanOrEqual(15);
  expect(Object.keys(wixlRefusals).filter((name) => !sources.includes(name))).toEqual([]);
});

describe('compileToFile()', () => {
  test.each([...sources, 'template'])('compiles the source "%s" to what Windows takes', async (name) => {
    const { path, content } = await compileOurs(name);
    expect(checkMsiBytes(readFileSync(path))).toEqual([]);
    if (hasMsiinfo) expectLikeMsiinfo(path, content, folder);
  });

  test.skipIf(!hasWixl).each(compared)(
    'gives the tables that wixl gives for "%s", but for listed ones',
    async (name) => {
      const [{ content: ours }, { content: theirs }] = [await compileOurs(name), await compileTheirs(name)];
      const allowed = differencesOf(name);
      expect(comparable(ours, allowed)).toEqual(comparable(theirs, allowed));
      for (const difference of allowed) if (isSeen(difference, allowed, { ours, theirs })) seen.add(difference);
    },
  );

  test.skipIf(!hasWixl)('differs from wixl in everything that the list says', () => {
    const version = execFileSync('wixl', ['--version'], { encoding: 'utf8' }).trim();
    // A later wixl may have mended some of it.
    if (version !== '0.101') return;
    // What the template has changes with the product.
    const expected = differences.filter(({ sources: names }) => names?.some((name) => name !== 'template') ?? true);
    const unseen = expected.filter((difference) => !seen.has(difference));
    expect(unseen.map(({ table, reason }) => `${table}: ${reason}`)).toEqual([]);
  });
});

describe.skipIf(!hasWixl || !hasMsiinfo)('decodeMsi()', () => {
  test.each(compared)('reads what wixl wrote for "%s" as msiinfo does', async (name) => {
    const { path, content } = await compileTheirs(name);
    expectLikeMsiinfo(path, content, folder);
  });
});

interface Built {
  readonly path: string;
  readonly content: MsiContent;
}

async function compileOurs(name: string): Promise<Built> {
  const path = join(folder, `${name}.ours.msi`);
  if (!existsSync(path)) {
    const result = await compileToFile({
      sources: [join(folder, `${name}.wxs`)],
      output: path,
      sourceDateEpoch: EPOCH,
    });
    expect(result.diagnostics.map(formatDiagnostic)).toEqual([]);
  }
  return { path, content: await decodeMsi(bytesReader(readFileSync(path))) };
}

async function compileTheirs(name: string): Promise<Built> {
  const path = join(folder, `${name}.wixl.msi`);
  if (!existsSync(path)) {
    const arch = /Platform="x64"/.test(readFileSync(join(folder, `${name}.wxs`), 'utf8')) ? 'x64' : 'x86';
    execFileSync('wixl', ['-a', arch, '-o', path, `${name}.wxs`], { cwd: folder, stdio: 'pipe' });
  }
  return { path, content: await decodeMsi(bytesReader(readFileSync(path))) };
}

/** What msitools call the table that stands for the code page, which no table has. */
const CODE_PAGE = '_ForceCodepage';

/** Tables that have rows (wixl writes many that have none) and the summary, without what may differ. */
function comparable({ codePage, summary, tables }: MsiContent, allowed: readonly Difference[]): unknown {
  const pages = allowed.some(({ table }) => table === CODE_PAGE) ? {} : { codePage };
  const { revisionNumber: _r, createdAt: _c, lastSavedAt: _s, creatingApplication: _a, ...facts } = summary;
  const texts = tables
    .filter(({ name }) => name !== '_Validation')
    .map((table) => [table.name, tableLines(table, allowed)] as const)
    .filter(([, lines]) => lines.length > 1);
  return { ...pages, facts, tables: Object.fromEntries(texts) };
}

/** The columns with their types, then the rows, sorted. */
function tableLines(table: MsiTable, allowed: readonly Difference[]): readonly string[] {
  const own = allowed.filter((difference) => difference.table === table.name);
  const hidden = new Set(own.map(({ column }) => column));
  const oneSided = own.flatMap(({ rows }) => (rows === undefined ? [] : [rows]));
  const columns = table.columns.filter(({ name }) => !hidden.has(name));
  const head = columns.map(({ name, kind, width, nullable, primaryKey }) =>
    [name, kind, width, nullable ? 'null' : '', primaryKey ? 'key' : ''].join(' '),
  );
  const rows = table.rows
    .filter(([key]) => !oneSided.some((pattern) => pattern.test(String(key))))
    .map((row) => columns.map(({ name }) => cellText(table, row, name)).join(' | '));
  return [head.join(' | '), ...rows.sort()];
}

function cellText({ columns }: MsiTable, row: MsiTable['rows'][number], column: string): string {
  const cell = row[columns.findIndex(({ name }) => name === column)] ?? null;
  return cell !== null && typeof cell === 'object' ? `<${cell.binary.sizeBytes} bytes>` : String(cell);
}

/** Whether a listed difference is one: without it, the tables are not equal. */
function isSeen(
  difference: Difference,
  allowed: readonly Difference[],
  { ours, theirs }: { ours: MsiContent; theirs: MsiContent },
): boolean {
  if (difference.table === CODE_PAGE) return ours.codePage !== theirs.codePage;
  const others = allowed.filter((other) => other !== difference);
  const lines = ({ tables }: MsiContent) => {
    const table = tables.find(({ name }) => name === difference.table);
    return table === undefined || table.rows.length === 0 ? [] : tableLines(table, others);
  };
  return JSON.stringify(lines(ours)) !== JSON.stringify(lines(theirs));
}
