import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileText, dumpDatabase, executable, expectGolden, msiBytes, mustCompile } from './support.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/wix/${name}`, import.meta.url), 'utf8');

const files = {
  'payload/relay.exe': executable([1, 2, 3, 4]),
  'payload/relay example.yaml': 'mode: example\n',
  'payload/relay.ico': new Uint8Array([0, 0, 1, 0]),
};

describe('compile()', () => {
  test('makes the reviewed tables of a service package', async () => {
    const compiled = mustCompile(await compileText(fixture('service.wxs'), { files, architecture: 'x64' }));
    await msiBytes(compiled);
    expectGolden('service.txt', dumpDatabase(compiled.database));
    expect(compiled.diagnostics).toEqual([]);
  });

  test('makes the reviewed tables of dialogs and controls', async () => {
    const text = { 'licence.rtf': '{\\rtf1 Do as you like.}', 'banner.bmp': 'BM', 'ui.dll': 'MZ' };
    const compiled = mustCompile(await compileText(fixture('dialogs.wxs'), { files: text }));
    await msiBytes(compiled);
    expectGolden('dialogs.txt', dumpDatabase(compiled.database));
    expect(compiled.diagnostics).toEqual([]);
  });

  test('makes the reviewed tables of registration, searches and rare resources', async () => {
    const payload = {
      'src/relay.exe': executable([1, 0, 0, 0]),
      'src/mono.ttf': 'font',
      'src/deep/deep.txt': 'deep',
      'a.ico': 'icon',
    };
    const compiled = mustCompile(await compileText(fixture('resources.wxs'), { files: payload }));
    await msiBytes(compiled);
    expectGolden('resources.txt', dumpDatabase(compiled.database));
    expect(compiled.diagnostics).toEqual([]);
  });
});
