/** Back end `wix3` with stand-ins for candle and light on PATH; the real ones run in the Windows job of CI. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bytesReader } from '../../installer/formats/byte-source.ts';
import { decodeMsi } from '../../installer/formats/msi/index.ts';
import { embeddedBackend } from '../../installer/tools/backends/embedded-backend.ts';
import type { BackendInput } from '../../installer/tools/backends/msi-backend.ts';
import { wix3Backend } from '../../installer/tools/backends/wix3-backend.ts';
import { TestProject } from '../support/toolchain-run.ts';
import { component, dumpDatabase, product } from '../wix/support.ts';

const standIn = resolve(import.meta.dirname, '../fixtures/wix3/stand-in.ts');
const wxs = component('<File Id="one" Source="payload/one.txt" KeyPath="yes" />').replace(
  'Compressed="yes"',
  'Compressed="yes" Platform="x64"',
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wix3 test-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts stand-ins on PATH and a source with its payload into `folder/build`. */
function prepare(source = wxs): BackendInput {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['candle.exe', 'light.exe', 'candle', 'light']) {
    const program = name.endsWith('.exe') ? name : `${name}.exe`;
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" "${standIn}" ${program} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', [bin, '/usr/bin', '/bin'].join(delimiter));
  vi.stubEnv('WIX3_LOG', join(folder, 'log.jsonl'));
  return withoutWix(source);
}

function withoutWix(source = wxs): BackendInput {
  mkdirSync(join(folder, 'build', 'payload'), { recursive: true });
  writeFileSync(join(folder, 'build', 'product.wxs'), source);
  writeFileSync(join(folder, 'build', 'payload', 'one.txt'), 'one');
  return {
    source: join(folder, 'build', 'product.wxs'),
    output: join(folder, 'dist', 'product.msi'),
    architecture: 'x64',
    sourceDateEpoch: 1_700_000_000,
    signal: new AbortController().signal,
    progress: () => undefined,
  };
}

const runs = (): { program: string; args: string[]; pid: number }[] =>
  readFileSync(join(folder, 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const leftBeside = (): string[] => readdirSync(join(folder, 'build')).sort();

describe.skipIf(process.platform === 'win32')('wix3Backend.compile()', () => {
  test('moves what light wrote to the output, with its codes, and leaves nothing beside the source', async () => {
    const input = prepare();
    const codes = await wix3Backend.compile(input);
    const content = await decodeMsi(bytesReader(readFileSync(input.output)));
    const reference = join(folder, 'reference.msi');
    const expected = await embeddedBackend.compile({ ...input, output: reference });
    expect(dumpDatabase(content)).toBe(dumpDatabase(await decodeMsi(bytesReader(readFileSync(reference)))));
    expect(codes).toEqual({ productCode: expected.productCode, packageCode: expected.packageCode });
    expect(leftBeside()).toEqual(['payload', 'product.wxs']);
    expect(readdirSync(join(folder, 'dist'))).toEqual(['product.msi']);
    expect(runs().map(({ program, args }) => [program, ...args.slice(0, -1)])).toEqual([
      ['light.exe'],
      ['candle.exe'],
      ['candle.exe', '-ext', 'WixUtilExtension'],
      ['light.exe', '-sval', '-ext', 'WixUtilExtension'],
    ]);
  });

  test('says what to install when candle and light are missing', async () => {
    const input = withoutWix();
    vi.stubEnv('PATH', folder);
    await expect(wix3Backend.compile(input)).rejects.toMatchObject({
      name: 'ToolError',
      code: 'program-missing',
      message: expect.stringContaining('"candle.exe", "light.exe"'),
      cure: expect.stringMatching(/WiX Toolset v3\.14.*--backend embedded/),
    });
  });

  test('finds them in the folder that WiX names in the environment', async () => {
    const input = prepare();
    vi.stubEnv('PATH', '/usr/bin:/bin');
    vi.stubEnv('WIX', folder);
    await wix3Backend.compile(input);
    expect(readdirSync(join(folder, 'dist'))).toEqual(['product.msi']);
  });

  test('hands on what candle says, with the name of the source', async () => {
    const input = prepare();
    vi.stubEnv('WIX3_MODE', 'refuses');
    await expect(wix3Backend.compile(input)).rejects.toMatchObject({
      code: 'compile-failed',
      details: expect.arrayContaining([expect.stringContaining(`${input.source}(7) : error CNDL0005`)]),
    });
    expect(leftBeside()).toEqual(['payload', 'product.wxs']);
  });

  test('refuses an MSI whose files are not inside it', async () => {
    const outside = product('<Feature Id="F" />').replace('EmbedCab="yes"', '');
    await expect(wix3Backend.compile(prepare(outside))).rejects.toMatchObject({
      code: 'compile-failed',
      cure: expect.stringContaining('EmbedCab="yes"'),
    });
    expect(() => readdirSync(join(folder, 'dist'))).toThrow('ENOENT');
  });

  test('ends candle too when it is stopped', async () => {
    const stop = new AbortController();
    const input = { ...prepare(), signal: stop.signal };
    vi.stubEnv('WIX3_MODE', 'hangs');
    const compiling = wix3Backend.compile(input);
    const started = () => existsSync(join(folder, 'log.jsonl')) && runs().find(({ args }) => args[0] === '-ext');
    const candle = await vi.waitUntil(started, { timeout: 20_000, interval: 50 });
    stop.abort();
    await expect(compiling).rejects.toMatchObject({ code: 'aborted' });
    // Whoever inherits the dead may take its time to bury them.
    const state = spawnSync('ps', ['-o', 'stat=', '-p', String(candle.pid)], { encoding: 'utf8' });
    expect(state.stdout.trim()).toMatch(/^Z?$/);
    expect(leftBeside()).toEqual(['payload', 'product.wxs']);
  });
});

describe.skipIf(process.platform === 'win32')('package --backend wix3', () => {
  test('builds with candle and light, and again when nothing has changed', { timeout: 120_000 }, async () => {
    prepare();
    const project = new TestProject();
    const env = { PATH: process.env.PATH ?? '' };
    expect(await project.package(['--backend', 'wix3'], { env })).toMatchObject({ exitCode: 0, stderr: '' });
    const { tools, msi } = JSON.parse(readFileSync(join(project.dir, 'dist/manifest.json'), 'utf8'));
    expect(tools.backend).toBe('wix3');
    expect(msi.productCode).toMatch(/^\{[0-9A-F-]{36}\}$/);
    const again = await project.package(['--backend', 'wix3', '--json'], { env });
    const events = again.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find(({ type, stage }) => type === 'stage-finished' && stage === 'msi')).toMatchObject({
      reused: false,
    });
  });

  test('names what to install on a machine without WiX', { timeout: 120_000 }, async () => {
    const project = new TestProject();
    const result = await project.package(['--backend', 'wix3'], { env: { PATH: '/usr/bin:/bin', WIX: '' } });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('msi: Cannot compile with WiX v3');
    expect(result.stderr).toContain('--backend embedded');
    expect(project.list('dist')).toEqual([]);
  });
});
