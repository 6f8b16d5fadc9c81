/** The whole pipeline with each engine, cold and with nothing changed, against copying and deflating the executable. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { formatDuration } from '../../installer/format-units.ts';
import type { PipelineEvent } from '../../installer/pipeline/stage.ts';
import { engineNames } from '../../installer/tools/engines/executable-engine.ts';
import { projectRoot } from '../lib/project.ts';
import { windowsNodeFile } from './inputs.ts';
import { type BenchContext, type Benchmark, type BenchRow, median, timeRounds } from './row.ts';

type StageFinished = Extract<PipelineEvent, { type: 'stage-finished' }>;

export const packageBench: Benchmark = {
  name: 'package',
  description: 'npm run package: stages of both engines, cold and unchanged',
  unavailable: async () => undefined,
  async run(context) {
    const deflateMs = await copyAndDeflate(context);
    const rows: BenchRow[] = [];
    for (const engine of engineNames) rows.push(...(await measureEngine(engine, deflateMs, context)));
    return rows;
  },
};

/** The least that any packager of this executable has to do, on one core. */
async function copyAndDeflate({ dir, log }: BenchContext): Promise<number> {
  log('package: copying and deflating the executable alone');
  const node = await windowsNodeFile();
  const times = await timeRounds(3, async () => {
    const bytes = await readFile(node);
    await writeFile(join(dir, 'copy.exe'), bytes);
    await writeFile(join(dir, 'copy.deflate'), deflateRawSync(bytes, { level: 6 }));
  });
  return median(times);
}

async function measureEngine(engine: string, deflateMs: number, context: BenchContext): Promise<BenchRow[]> {
  const dir = join(context.dir, engine);
  await rm(dir, { recursive: true, force: true });
  context.log(`package: engine ${engine}, empty cache`);
  const cold = await runPackage(engine, dir, context.dir);
  context.log(`package: engine ${engine}, nothing changed`);
  const unchanged = await runPackage(engine, dir, context.dir);
  return [
    {
      what: `package --engine ${engine}, empty cache`,
      measured: formatDuration(cold.totalMs),
      against: `copy + deflate alone ${formatDuration(deflateMs)}`,
      ratio: cold.totalMs / deflateMs,
      ...(engine === 'sea' ? { budget: 3 } : {}),
    },
    ...cold.stages.map(({ title, durationMs }) => ({
      what: `  ${title}`,
      measured: formatDuration(durationMs),
      against: '',
    })),
    {
      what: `package --engine ${engine}, nothing changed`,
      measured: formatDuration(unchanged.totalMs),
      against: `the first run ${formatDuration(cold.totalMs)}`,
      ratio: unchanged.totalMs / cold.totalMs,
      budget: 0.1,
    },
  ];
}

interface PackageRun {
  readonly totalMs: number;
  readonly stages: readonly StageFinished[];
}

/** Runs the command itself, in a folder of its own and with a cache of its own: start-up of Node.js included. */
async function runPackage(engine: string, dir: string, cacheParent: string): Promise<PackageRun> {
  const product = join(projectRoot, 'installer', 'product.json');
  const cli = join(projectRoot, 'installer', 'cli.ts');
  const args = [cli, 'package', '--json', '--product', product, '--engine', engine, '--out', join(dir, 'dist')];
  await mkdir(dir, { recursive: true });
  const env = { ...process.env, VIGIL_CACHE_DIR: join(cacheParent, `cache-${engine}`) };
  const startedMs = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir, env });
  const totalMs = performance.now() - startedMs;
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PipelineEvent);
  return { totalMs, stages: events.filter((event): event is StageFinished => event.type === 'stage-finished') };
}
