import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatDuration } from '../installer/format-units.ts';
import { type FuzzTarget, fuzzTargets, randomFor } from '../test/fuzz/targets.ts';
import { type FuzzFinding, type FuzzReport, fuzzTarget } from './fuzz/fuzz-target.ts';
import { nodeVersionNotice, projectRoot } from './lib/project.ts';
import { formatTable } from './lib/run-steps.ts';

/** `npm run fuzz`: damaged inputs for every reader, each in a process with bounded memory and time. */
const usage = `Usage: npm run fuzz [-- OPTIONS]

Gives damaged inputs to the readers, which have to accept or refuse them in good time:
${fuzzTargets.map(({ name, description }) => `  ${name.padEnd(10)} ${description}`).join('\n')}

Options:
  --count N     inputs for each reader (100000)
  --seed TEXT   what the inputs are made from (a new one each time; it is printed)
  --only NAME   only this reader (may be repeated)
  --from N      begin with input number N (0): with --seed and --only, one input again
  --help        show this text

Exit code: 1 when a reader crashed, hung, took more than 1 GB or threw anything but its typed errors. The inputs that did
it are left in build/fuzz/.`;

const HEAD = ['reader', 'accepted', 'refused', 'faults', 'time', 'slowest input', 'memory'];

const { values: options } = parseArgs({
  options: {
    count: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', multiple: true },
    from: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (options.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const notice = nodeVersionNotice();
  if (notice !== undefined) console.warn(notice);
  const seed = options.seed ?? String(Date.now());
  const from = Number(options.from ?? 0);
  const count = Number(options.count ?? 100_000);
  const unknown = (options.only ?? []).filter((name) => !fuzzTargets.some((target) => target.name === name));
  if (unknown.length > 0 || !Number.isSafeInteger(count) || !Number.isSafeInteger(from)) {
    console.error(usage);
    return 1;
  }
  console.log(`seed: ${seed}`);
  const reports: FuzzReport[] = [];
  for (const target of fuzzTargets.filter(({ name }) => options.only?.includes(name) ?? true)) {
    const report = await fuzzTarget(target.name, { seed, from, count });
    reports.push(report);
    for (const finding of report.findings) await keep(target, seed, finding);
    console.error(`${target.name}: ${report.accepted} accepted, ${report.refused} refused`);
  }
  console.log(`\n${formatTable([HEAD, ...reports.map(cells)])}`);
  return reports.some(({ faults }) => faults > 0) ? 1 : 0;
}

function cells(report: FuzzReport): string[] {
  const { name, accepted, refused, faults, elapsedMs, slowest, peakRssBytes } = report;
  return [
    name,
    ...[accepted, refused, faults].map(String),
    formatDuration(elapsedMs),
    `${formatDuration(slowest.elapsedMs)} (${slowest.index})`,
    `${Math.round(peakRssBytes / 2 ** 20)} MB`,
  ];
}

/** Leaves the input and what it did where someone can look at them. */
async function keep(target: FuzzTarget, seed: string, finding: FuzzFinding): Promise<void> {
  const folder = join(projectRoot, 'build', 'fuzz');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${target.name}-${seed.replace(/\W+/g, '_')}-${finding.index}`);
  const make = await target.prepare();
  writeFileSync(`${path}.bin`, await make(randomFor(target.name, seed, finding.index)));
  const again = `npm run fuzz -- --only ${target.name} --seed ${seed} --from ${finding.index} --count 1`;
  writeFileSync(`${path}.txt`, `${finding.kind}: ${finding.detail}\n\nAgain: ${again}\n`);
  console.error(`${target.name}: input ${finding.index}: ${finding.kind}: ${finding.detail}\n  kept as ${path}.bin`);
}
