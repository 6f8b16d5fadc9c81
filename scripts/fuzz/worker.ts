/**
 * One worker of `npm run fuzz`: a range of inputs through one reader. The number of the input at hand stands in a file
 * before the reader sees it, so that whoever watches knows which one a crash or a hang is due to.
 *
 * Usage: node worker.ts TARGET SEED FROM TO PROGRESS-FILE
 */
import { openSync, writeSync } from 'node:fs';
import { fuzzTargets, randomFor, readOnce } from '../../test/fuzz/targets.ts';
import { MAX_RSS_BYTES, type WorkerResult } from './fuzz-target.ts';

const [name = '', seed = '', from = '', to = '', progressFile = ''] = process.argv.slice(2);
console.log(JSON.stringify(await run(Number(from), Number(to))));

async function run(start: number, end: number): Promise<WorkerResult> {
  const target = fuzzTargets.find((candidate) => candidate.name === name);
  if (target === undefined) throw new Error(`Cannot run "${name}": there is no such reader`);
  const make = await target.prepare();
  const progress = openSync(progressFile, 'w');
  const seen = { accepted: 0, refused: 0 };
  const errors: { index: number; detail: string }[] = [];
  let slowest = { index: start, elapsedMs: 0 };
  let index = start;
  for (; index < end; index++) {
    const input = await make(randomFor(name, seed, index));
    writeSync(progress, new Uint8Array(BigUint64Array.of(BigInt(index)).buffer), 0, 8, 0);
    const startedMs = performance.now();
    const outcome = await readOnce(target, input);
    const elapsedMs = performance.now() - startedMs;
    if (elapsedMs > slowest.elapsedMs) slowest = { index, elapsedMs };
    if (outcome.kind === 'fault') errors.push({ index, detail: describe(outcome.error) });
    else seen[outcome.kind] += 1;
    if (peakRssBytes() <= MAX_RSS_BYTES) continue;
    errors.push({ index, detail: `${Math.round(peakRssBytes() / 2 ** 20)} MB were in use at one time` });
    index += 1;
    break;
  }
  return { next: index, ...seen, errors, slowest, peakRssBytes: peakRssBytes() };
}

/** The largest size so far; it never falls, so that no peak between two inputs is missed. */
function peakRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
