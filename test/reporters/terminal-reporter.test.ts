import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';
import { TestProject } from '../support/toolchain-run.ts';

/** Types `keys` once the screen shows `when`; resolves with everything the screen showed and the exit code. */
function atTerminal(project: TestProject, args: readonly string[], { when, keys }: { when: string; keys: string }) {
  const command = [process.execPath, join(toolchainRoot, 'installer', 'cli.ts'), ...args].map((word) => `'${word}'`);
  // A terminal that `script` makes without one of its own has no columns.
  const sized = `stty cols 120 rows 40 && exec ${command.join(' ')}`;
  const child = spawn('script', ['--quiet', '--return', '--command', sized, '/dev/null'], {
    cwd: project.dir,
    env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000', TERM: 'xterm', CI: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let [screen, typed] = ['', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    if (typed || !screen.includes(when)) return;
    typed = true;
    child.stdin.write(keys);
  });
  return new Promise<{ screen: string; exitCode: number | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ screen, exitCode }));
  });
}

const workDirs = (): string[] => readdirSync(tmpdir()).filter((name) => /^vigil-(pkg|sea)-/.test(name));

test.skipIf(process.platform !== 'linux')(
  'Ctrl+C at a terminal while pkg works ends with 130, says so and leaves no working folder',
  async () => {
    const project = new TestProject();
    const before = workDirs();
    const args = ['package', '--product', 'product.json', '--engine', 'pkg'];
    const { screen, exitCode } = await atTerminal(project, args, { when: 'Injecting the blob', keys: '\x03' });
    expect(screen).toContain('nothing half-written is left');
    expect(exitCode).toBe(130);
    expect(workDirs()).toEqual(before);
    expect(project.list('dist')).toEqual([]);
    expect(project.list('build').filter((name) => name.endsWith('.tmp'))).toEqual([]);
  },
  60_000,
);
