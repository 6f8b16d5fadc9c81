import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bytesReader, bytesSource, readAll } from '../../../installer/formats/byte-source.ts';
import {
  decodeMsi,
  diffDatabases,
  encodeMsi,
  type MsiDatabase,
  type MsiTable,
} from '../../../installer/formats/msi/index.ts';
import { encodeTransform, makeTransform } from '../../../installer/formats/mst/index.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';
import { makeWindowsTools } from '../windows-tools.ts';

/**
 * Transforms that we make, in the hands of Wine's `msi.dll`: applied to a database with every kind of change, and given to
 * msiexec for the MSI under test. Only a new row whose binary cell is null is left out: Wine wants a stream for each.
 */
export const scenario: Scenario = {
  description: 'transforms applied by msi.dll and by msiexec',
  async run(context) {
    await context.step('msi.dll changes a database as we do', () => applyByApi(context));
    await context.step('msiexec /i with TRANSFORMS=', () => installWithTransform(context));
    await context.step('the service is as the transform says', () => checkService(context));
    await context.step('msiexec /x', async () => assert.equal(await context.msiexec.uninstall(), 0));
  },
};

async function applyByApi({ machine, product }: ScenarioContext): Promise<void> {
  const projectRoot = join(import.meta.dirname, '..', '..', '..');
  const folder = join(machine.driveC, 'transform');
  const { node } = await makeWindowsTools(projectRoot, folder, product.runtime.node);
  const program = join(folder, 'apply-transform.cjs');
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['test/support/apply-transform.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'error',
  });
  const [msi, mst] = [join(folder, 'base.msi'), join(folder, 'change.mst')];
  writeFileSync(msi, await readAll(encodeMsi(base)));
  writeFileSync(mst, await transformBytes(base, changed));
  const paths = [node, program, msi, mst].map((path) => machine.toWindowsPath(path));
  const { exitCode, output } = await machine.run(paths);
  assert.equal(exitCode, 0, output);
  const { tables } = await diffDatabases(await decodeMsi(bytesReader(readFileSync(msi))), changed);
  assert.deepEqual(tables, []);
}

async function transformBytes(from: MsiDatabase, to: MsiDatabase): Promise<Uint8Array> {
  const columns = new Map(to.tables.map((table) => [table.name, table.columns]));
  return readAll(encodeTransform(await makeTransform(from, to), (name) => columns.get(name)));
}

/** The service is to be started by hand, under another name for people. */
async function installWithTransform({ machine, msiexec, packages }: ScenarioContext): Promise<void> {
  const original = await decodeMsi(bytesReader(readFileSync(packages.underTest.msi)));
  const tables = original.tables.map((table) => {
    const cells: Readonly<Record<string, string | number>> = { StartType: 3, DisplayName: 'Renamed by a transform' };
    const change = (row: MsiTable['rows'][number]) =>
      table.columns.map(({ name }, position) => cells[name] ?? row[position] ?? null);
    return table.name === 'ServiceInstall' ? { ...table, rows: table.rows.map(change) } : table;
  });
  const folder = join(machine.driveC, 'transform');
  mkdirSync(folder, { recursive: true });
  const mst = join(folder, 'by-hand.mst');
  writeFileSync(mst, await transformBytes(original, { ...original, tables }));
  assert.equal(await msiexec.install(`TRANSFORMS=${machine.toWindowsPath(mst)}`), 0);
}

async function checkService({ machine, installed }: ScenarioContext): Promise<void> {
  const [key] = await machine.regQuery(installed.serviceKey);
  assert.equal(key?.values.get('Start')?.data, '0x3');
  assert.equal(key?.values.get('DisplayName')?.data, 'Renamed by a transform');
}

const plain = { width: 0, nullable: false, primaryKey: false, localizable: false } as const;
const text = { ...plain, kind: 'string', width: 72 } as const;
const key = { ...text, primaryKey: true } as const;

const property = (rows: MsiTable['rows']): MsiTable => ({
  name: 'Property',
  columns: [
    { ...key, name: 'Property' },
    { ...text, name: 'Value', width: 0, localizable: true },
  ],
  rows,
});
const numbers = (rows: MsiTable['rows']): MsiTable => ({
  name: 'Numbers',
  columns: [
    { ...plain, name: 'Id', kind: 'int32', primaryKey: true },
    { ...plain, name: 'Small', kind: 'int16', nullable: true },
    { ...plain, name: 'Big', kind: 'int32', nullable: true },
  ],
  rows,
});
const binary: MsiTable = {
  name: 'Blobs',
  columns: [
    { ...key, name: 'Name' },
    { ...plain, name: 'Part', kind: 'int16', primaryKey: true },
    { ...plain, name: 'Data', kind: 'binary' },
  ],
  rows: [
    ['one', 1, { binary: bytesSource(Buffer.from('small')) }],
    ['one', 2, { binary: bytesSource(Buffer.alloc(9000, 7)) }],
  ],
};
const make = (...tables: readonly MsiTable[]): MsiDatabase => ({
  codePage: 1252,
  summary: { codePage: 1252, title: 'Installation Database', template: 'x64;1033', pageCount: 200, wordCount: 2 },
  tables,
  streams: new Map(),
});

const base = make(
  property([
    ['ProductName', 'Base'],
    ['UpgradeCode', '{5E0C7A0B-6E0F-4C7B-9B1E-0B6B4B8F3D00}'],
  ]),
  numbers([
    [-1, 1, 70_000],
    [2, null, -70_000],
    [7, 7, 7],
  ]),
);
const changed = make(
  property([
    ['ProductName', 'Geändert'],
    ['UpgradeCode', '{5E0C7A0B-6E0F-4C7B-9B1E-0B6B4B8F3D00}'],
    ['New', 'value'],
  ]),
  numbers([
    [-1, null, 70_001],
    [2, -5, -70_000],
    [2_000_000, 3, null],
  ]),
  binary,
);
