import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { total } from '../../src/win32/ffi.ts';

const module = join(import.meta.dirname, '..', '..', 'src', 'win32', 'ffi.ts');

describe('total', () => {
  test('passes arguments and result through', () => {
    expect(total(120, (a: number, b: number) => a + b)(2, 3)).toBe(5);
  });

  test('returns the fallback instead of throwing into C, and reports the bug', () => {
    const bugs: unknown[] = [];
    const bug = new Error('a bug');
    const thunk = total(120, fails(bug), (error) => bugs.push(error));
    expect(thunk()).toBe(120);
    expect(bugs).toEqual([bug]);
  });

  test('throws the bug again after the callback has returned, so that the fault trap sees it', () => {
    const program = `
      import { total } from ${JSON.stringify(module)};
      process.on('uncaughtException', (error) => console.log('trapped', error.message));
      console.log('returned', total(120, () => { throw new Error('a bug'); })());`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('returned 120\ntrapped a bug\n');
  });
});

function fails(error: Error): () => number {
  return () => {
    throw error;
  };
}
