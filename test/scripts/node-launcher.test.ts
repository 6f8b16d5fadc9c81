import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';

const launcher = join(toolchainRoot, 'scripts', 'node.mjs');
const otherNode = findOtherNode();
if (otherNode === undefined) {
  console.warn('No Node.js on PATH but the pinned one: that another one hands over to it is not shown here.');
}

const program = join(mkdtempSync(join(tmpdir(), 'vigil launcher ')), 'program.ts');
writeFileSync(
  program,
  `const code: number = Number(process.argv[3]);
   console.log(JSON.stringify({ version: process.version, args: process.argv.slice(2) }));
   process.exitCode = code;`,
);

test('the launcher runs the program itself on the pinned Node.js, with its arguments and exit code', () => {
  const { stdout, status } = spawnSync(process.execPath, [launcher, program, 'a b', '3'], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual({ version: process.version, args: ['a b', '3'] });
  expect(status).toBe(3);
});

test.skipIf(otherNode === undefined)('the launcher hands over from another Node.js to the pinned one', () => {
  const { stdout, status } = spawnSync(otherNode ?? '', [launcher, program, 'a b', '3'], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual({ version: process.version, args: ['a b', '3'] });
  expect(status).toBe(3);
});

/** A Node.js on PATH of another version than the one that runs the tests. */
function findOtherNode(): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'node'));
  return candidates.find((path) => isExecutable(path) && versionOf(path) !== process.version);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
}
