/**
 * Engine `pkg`: `@yao-pkg/pkg` in its SEA mode. pkg would download a node.exe; it is given ours through a cache folder of
 * its own, laid out as its downloader leaves it, so that it fetches nothing.
 */
import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { errorCode } from '../../errors.ts';
import { writeAtomically } from '../atomic-write.ts';
import { installedVersion } from '../installed-version.ts';
import { runProgram } from '../run-program.ts';
import type { EngineInput, ExecutableEngine } from './executable-engine.ts';

const require = createRequire(import.meta.url);

export const pkgEngine: ExecutableEngine = {
  name: 'pkg',
  version: `@yao-pkg/pkg ${installedVersion('@yao-pkg/pkg')}`,
  async build(input) {
    const workDir = await claimWorkDir(input);
    try {
      const home = join(workDir, 'home');
      await offerBaseExecutable(home, input);
      const bundle = join(workDir, basename(input.bundle));
      await copyFile(input.bundle, bundle);
      await writeAtomically(input.output, async (temporaryPath) => {
        // pkg appends .exe to a Windows output that lacks it.
        const made = join(workDir, 'made.exe');
        await runPkg({ ...input, bundle, output: made }, home);
        await rename(made, temporaryPath).catch(() => copyFile(made, temporaryPath));
      });
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  },
};

/**
 * pkg writes the absolute path of the bundle into the executable. The folder's name therefore comes from the content, so
 * that the same program gives the same bytes wherever the project lies; a second build of it waits for the first.
 */
async function claimWorkDir(input: EngineInput): Promise<string> {
  const content = createHash('sha256').update(await readFile(input.bundle));
  const dir = join(tmpdir(), `vigil-pkg-${content.digest('hex').slice(0, 16)}`);
  while (!(await tryClaim(dir))) {
    input.progress('waiting for another build of the same program');
    await setTimeout(500, undefined, { signal: input.signal });
  }
  return dir;
}

async function tryClaim(dir: string): Promise<boolean> {
  const ownerFile = join(dir, 'owner');
  try {
    await mkdir(dir, { mode: 0o700 });
    await writeFile(ownerFile, String(process.pid));
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const owner = Number(await readFile(ownerFile, 'utf8').catch(() => String(process.ppid)));
    if (!isAlive(owner)) await rm(dir, { recursive: true, force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** The layout of `~/.pkg-cache/sea` after a download: the archive and the unpacked file, each with its mark of completion. */
async function offerBaseExecutable(home: string, input: EngineInput): Promise<void> {
  const dir = join(home, '.pkg-cache', 'sea');
  const archive = `node-v${input.nodeVersion}-win-${input.architecture}`;
  await mkdir(dir, { recursive: true });
  for (const mark of [`${archive}.zip`, `${archive}.zip.ok`, `${archive}.exe.ok`]) await writeFile(join(dir, mark), '');
  const target = join(dir, `${archive}.exe`);
  await link(input.baseExecutable, target).catch(() => copyFile(input.baseExecutable, target));
}

async function runPkg(input: EngineInput, home: string): Promise<void> {
  const program = require.resolve('@yao-pkg/pkg/lib-es5/bin.js');
  const target = `node${input.nodeVersion}-win-${input.architecture}`;
  const args = [program, input.bundle, '--sea', '--target', target, '--output', input.output];
  await runProgram(process.execPath, args, {
    cwd: join(home, '..'),
    env: { ...process.env, HOME: home, USERPROFILE: home, NO_COLOR: '1' },
    signal: input.signal,
    onLine: (line) => input.progress(line.replace(/^> /, '')),
  });
}
