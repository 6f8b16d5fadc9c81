import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compileBench } from './bench/compile-bench.ts';
import { packageBench } from './bench/package-bench.ts';
import type { Benchmark, BenchRow } from './bench/row.ts';
import { scaleBench } from './bench/scale-bench.ts';
import { serviceBench } from './bench/service-bench.ts';
import { nodeVersionNotice } from './lib/project.ts';
import { formatTable } from './lib/run-steps.ts';

/** `npm run bench`: figures as ratios of things measured in the same run, because machines differ and are noisy. */
const benchmarks: readonly Benchmark[] = [compileBench, scaleBench, packageBench, serviceBench];

const usage = `Usage: npm run bench [-- OPTIONS]

${benchmarks.map(({ name, description }) => `  ${name.padEnd(10)} ${description}`).join('\n')}

Options:
  --only NAME    run only this benchmark (may be repeated)
  --report FILE  where the JSON goes (build/bench.json)
  --help         show this text

Exit code: 1 when a ratio is above its budget or a benchmark could not run.`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    report: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (options.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const notice = nodeVersionNotice();
  if (notice !== undefined) console.warn(notice);
  const chosen = benchmarks.filter(({ name }) => options.only?.includes(name) ?? true);
  const rows: BenchRow[] = [];
  const notRun: string[] = [];
  for (const benchmark of chosen) {
    const reason = await benchmark.unavailable();
    if (reason === undefined) rows.push(...(await runOne(benchmark)));
    else notRun.push(`${benchmark.name}: ${reason}`);
  }
  console.log(`\n${formatTable([['what', 'measured', 'against', 'ratio', 'budget', ''], ...rows.map(cells)])}`);
  for (const line of notRun) console.log(`not run: ${line}`);
  writeReport(rows, notRun);
  return notRun.length > 0 || rows.some(isOver) ? 1 : 0;
}

async function runOne(benchmark: Benchmark): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'vigil bench '));
  try {
    return await benchmark.run({ dir, log: (line) => console.error(line) });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function isOver({ ratio, budget }: BenchRow): boolean {
  // Not a number is over as well: a measurement that failed has met no budget.
  return ratio !== undefined && budget !== undefined && !(ratio <= budget);
}

function cells(row: BenchRow): string[] {
  const verdict = row.budget === undefined ? '' : isOver(row) ? 'OVER' : 'ok';
  const budget = row.budget === undefined ? '' : `≤ ${row.budget}`;
  return [row.what, row.measured, row.against, row.ratio?.toFixed(2) ?? '', budget, verdict];
}

function writeReport(rows: readonly BenchRow[], notRun: readonly string[]): void {
  const file = resolve(options.report ?? join('build', 'bench.json'));
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ rows, notRun }, undefined, 2)}\n`);
  console.log(`\nas JSON: ${file}`);
}
