/** `.wxs` → `.msi` against wixl, with the same source and the same 93 MB executable. */
import { execFile } from 'node:child_process';
import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatDuration, formatSize } from '../../installer/format-units.ts';
import { findOnPath } from '../../test/support/tools.ts';
import { projectRoot } from '../lib/project.ts';
import { windowsNodeFile } from './inputs.ts';
import { type BenchContext, type Benchmark, type BenchRow, median, timeRounds } from './row.ts';

const run = promisify(execFile);
const rounds = 3;

export const compileBench: Benchmark = {
  name: 'compile',
  description: 'WiX source to MSI, against wixl',
  unavailable: async () =>
    findOnPath('wixl') === undefined ? 'wixl is not installed (Debian package "wixl")' : undefined,
  async run(context) {
    const source = await prepare(context);
    const [ours, theirs] = [join(context.dir, 'ours.msi'), join(context.dir, 'wixl.msi')];
    const compile = ['installer/cli.ts', 'compile', source, '-o', ours, '--arch', 'x64'];
    const oursMs: number[] = [];
    const theirsMs: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      context.log(`compile: round ${round} of ${rounds}`);
      oursMs.push(...(await timeRounds(1, () => run(process.execPath, compile, { cwd: projectRoot }))));
      theirsMs.push(
        ...(await timeRounds(1, () => run('wixl', ['-a', 'x64', '-o', theirs, source], { cwd: context.dir }))),
      );
    }
    return [timeRow(median(oursMs), median(theirsMs)), sizeRow((await stat(ours)).size, (await stat(theirs)).size)];
  },
};

async function prepare({ dir }: BenchContext): Promise<string> {
  await copyFile(await windowsNodeFile(), join(dir, 'service.exe'));
  const source = join(dir, 'service.wxs');
  await copyFile(join(projectRoot, 'scripts', 'bench', 'service.wxs'), source);
  return source;
}

const timeRow = (oursMs: number, theirsMs: number): BenchRow => ({
  what: 'WiX source → MSI, 93 MB executable: time',
  measured: formatDuration(oursMs),
  against: `wixl ${formatDuration(theirsMs)}`,
  ratio: oursMs / theirsMs,
  budget: 0.5,
});

const sizeRow = (ourBytes: number, theirBytes: number): BenchRow => ({
  what: 'WiX source → MSI, 93 MB executable: size',
  measured: formatSize(ourBytes),
  against: `wixl ${formatSize(theirBytes)}`,
  ratio: ourBytes / theirBytes,
  budget: 1,
});
