/** The service under Wine's SCM: time from start to RUNNING, and idle memory, against a bare Node.js in the same Wine. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { formatSize } from '../../installer/format-units.ts';
import { makeWindowsTools } from '../../test/e2e/windows-tools.ts';
import { openWine } from '../../test/support/wine/open-wine.ts';
import { WineError } from '../../test/support/wine/wine-error.ts';
import type { WinePrefix } from '../../test/support/wine/wine-prefix.ts';
import { projectRoot } from '../lib/project.ts';
import { defaultProduct } from './inputs.ts';
import { type Benchmark, type BenchRow, median } from './row.ts';

const rounds = 7;
const serviceName = 'VigilBench';
/** After this long a started process has nothing left to load. */
const settleMs = 5_000;

export const serviceBench: Benchmark = {
  name: 'service',
  description: 'start of the service under Wine, against a bare node.exe',
  async unavailable() {
    try {
      await openWine();
      return undefined;
    } catch (error) {
      if (error instanceof WineError) return error.message;
      throw error;
    }
  },
  async run({ dir, log }) {
    const wine = await openWine({ log });
    await using machine = await wine.createPrefix();
    const { runtime, executable } = await defaultProduct();
    const tools = await makeWindowsTools(projectRoot, join(machine.folder, 'tools'), runtime.node);
    log('service: building it');
    await buildIn(dir);
    await installByHand(machine, join(dir, 'build', 'x64'), `${executable}.exe`);
    const control = [machine.toWindowsPath(tools.node), machine.toWindowsPath(tools.scmControl), serviceName];
    log(`service: ${rounds} starts`);
    const starts = await measureStarts(machine, control);
    const bare = await measureBareNode(machine, tools.node);
    return [startRow(median(starts), median(bare)), ...(await memoryRow(machine, { node: tools.node, control }))];
  },
};

/** In a folder of its own, so that the build of whoever runs the benchmark stays as it is. */
async function buildIn(dir: string): Promise<void> {
  const product = join(projectRoot, 'installer', 'product.json');
  const args = [join(projectRoot, 'installer', 'cli.ts'), 'package', '--product', product, '--engine', 'sea'];
  await promisify(execFile)(process.execPath, args, { cwd: dir });
}

async function installByHand(machine: WinePrefix, build: string, executable: string): Promise<void> {
  const folder = join(machine.driveC, 'bench');
  await mkdir(folder, { recursive: true });
  for (const name of [executable, 'koffi.node']) await copyFile(join(build, name), join(folder, name));
  const created = await machine.run(['sc', 'create', serviceName, 'binPath=', `C:\\bench\\${executable} service`]);
  if (created.exitCode !== 0) throw new Error(`Cannot create the service: ${created.output}`);
}

/** Milliseconds from StartService to RUNNING, as the SCM shows it. */
async function measureStarts(machine: WinePrefix, control: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { output } = await machine.run([...control, 'time-start']);
    const report = JSON.parse(output) as { ok: boolean; reachedMs?: number };
    if (!report.ok || report.reachedMs === undefined) throw new Error(`Cannot start the service: ${output}`);
    times.push(report.reachedMs);
    await machine.run([...control, 'stop']);
    await machine.run([...control, 'wait', 'stopped']);
  }
  return times;
}

/** Milliseconds of a node.exe that does nothing, from inside the same machine: the tools around Wine are not measured. */
async function measureBareNode(machine: WinePrefix, node: string): Promise<number[]> {
  const script = join(machine.driveC, 'bench', 'bare.cjs');
  await writeFile(
    script,
    `const { spawnSync } = require('node:child_process');
     const times = Array.from({ length: ${rounds} }, () => {
       const startedMs = performance.now();
       spawnSync(process.execPath, ['-e', '0']);
       return performance.now() - startedMs;
     });
     console.log(JSON.stringify(times));`,
  );
  const { output } = await machine.run([machine.toWindowsPath(node), 'C:\\bench\\bare.cjs']);
  return JSON.parse(output) as number[];
}

const startRow = (startMs: number, bareMs: number): BenchRow => ({
  what: 'SCM start → RUNNING (Wine)',
  measured: `${startMs.toFixed(0)} ms`,
  against: `bare node.exe -e 0: ${bareMs.toFixed(0)} ms`,
  ratio: startMs / bareMs,
  budget: 1.5,
});

interface MemoryInputs {
  readonly node: string;
  readonly control: readonly string[];
}

/** Resident memory of both processes, as the Linux kernel counts it; no row where there is no /proc. */
async function memoryRow(machine: WinePrefix, { node, control }: MemoryInputs): Promise<BenchRow[]> {
  await writeFile(join(machine.driveC, 'bench', 'idle.cjs'), 'setInterval(() => undefined, 1000);');
  await machine.run([...control, 'time-start']);
  const idle = machine.run([machine.toWindowsPath(node), 'C:\\bench\\idle.cjs'], { timeoutMs: settleMs * 2 });
  await setTimeout(settleMs);
  const [service, bare] = [await residentBytes('vigil.exe'), await residentBytes('idle.cjs')];
  await idle.catch(() => undefined);
  if (service === undefined || bare === undefined) return [];
  return [
    {
      what: 'idle memory of the service (Wine)',
      measured: formatSize(service),
      against: `idle node.exe: ${formatSize(bare)}`,
      ratio: service / bare,
      budget: 1.5,
    },
  ];
}

/** Of the largest process whose command line holds `mark`: Wine and this machine's tools start others that name it too. */
async function residentBytes(mark: string): Promise<number | undefined> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const sizes: number[] = [];
  for (const id of ids) {
    const commandLine = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    const status = commandLine.includes(mark) ? await readFile(`/proc/${id}/status`, 'utf8').catch(() => '') : '';
    const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
    if (kilobytes !== undefined) sizes.push(Number(kilobytes) * 1024);
  }
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}
