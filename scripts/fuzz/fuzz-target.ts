import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment, projectRoot } from '../lib/project.ts';

/** Runs the inputs of one reader through worker processes; a worker that crashes, hangs or grows is replaced. */
export interface FuzzFinding {
  readonly kind: 'untyped error' | 'crash' | 'hang' | 'memory';
  readonly index: number;
  readonly detail: string;
}

export interface FuzzReport {
  readonly name: string;
  readonly accepted: number;
  readonly refused: number;
  /** All inputs that did what they must not; `findings` has the first of each kind and place. */
  readonly faults: number;
  readonly findings: readonly FuzzFinding[];
  readonly elapsedMs: number;
  readonly slowest: { readonly index: number; readonly elapsedMs: number };
  readonly peakRssBytes: number;
}

export interface FuzzRange {
  readonly seed: string;
  readonly from: number;
  readonly count: number;
}

/** What a worker prints when it is through, or gives up. */
export interface WorkerResult {
  readonly next: number;
  readonly accepted: number;
  readonly refused: number;
  readonly errors: readonly { readonly index: number; readonly detail: string }[];
  readonly slowest: { readonly index: number; readonly elapsedMs: number };
  readonly peakRssBytes: number;
}

/** A reader may take this much, heap and buffers and the process itself together. */
export const MAX_RSS_BYTES = 2 ** 30;
const MAX_HEAP_MB = 768;
const MAX_INPUT_MS = 15_000;
const POLL_MS = 200;
/** A reader that fails at everything need not be asked 100,000 times. */
const MAX_FAULTS = 200;
/** Each worker makes its inputs from here on: a crash costs only the counts since its start. */
const INPUTS_PER_WORKER = 20_000;

export async function fuzzTarget(name: string, { seed, from, count }: FuzzRange): Promise<FuzzReport> {
  const startedMs = performance.now();
  const total = { accepted: 0, refused: 0, peakRssBytes: 0, slowest: { index: 0, elapsedMs: 0 } };
  const faults: FuzzFinding[] = [];
  for (let next = from; next < from + count && faults.length < MAX_FAULTS; ) {
    const to = Math.min(next + INPUTS_PER_WORKER, from + count);
    const { result, finding } = await runWorker(name, seed, { from: next, to });
    if (result !== undefined) {
      total.accepted += result.accepted;
      total.refused += result.refused;
      total.peakRssBytes = Math.max(total.peakRssBytes, result.peakRssBytes);
      if (result.slowest.elapsedMs > total.slowest.elapsedMs) total.slowest = result.slowest;
      faults.push(...result.errors.map((error) => ({ kind: 'untyped error' as const, ...error })));
    }
    if (finding !== undefined) faults.push(finding);
    next = finding === undefined ? (result?.next ?? to) : finding.index + 1;
  }
  const first = new Map(faults.toReversed().map((fault) => [signature(fault), fault]));
  const findings = [...first.values()].toReversed();
  return { name, ...total, faults: faults.length, findings, elapsedMs: performance.now() - startedMs };
}

/** Faults at the same place of the code are one finding. */
function signature({ kind, detail }: FuzzFinding): string {
  return kind === 'untyped error' ? `${detail.split('\n').find((line) => line.includes(' at ')) ?? detail}` : kind;
}

interface WorkerEnd {
  readonly result?: WorkerResult;
  readonly finding?: FuzzFinding;
}

function runWorker(name: string, seed: string, range: { from: number; to: number }): Promise<WorkerEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-fuzz-'));
  const progressFile = join(folder, 'progress');
  const script = join(projectRoot, 'scripts', 'fuzz', 'worker.ts');
  const args = [name, seed, String(range.from), String(range.to), progressFile];
  const child = spawn(process.execPath, [`--max-old-space-size=${MAX_HEAP_MB}`, script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnvironment(),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  let ended: FuzzFinding | undefined;
  const watch = watchWorker(progressFile, child.pid, (finding) => {
    ended = finding;
    child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      const index = readProgress(progressFile) ?? range.from;
      rmSync(folder, { recursive: true, force: true });
      if (ended !== undefined) resolve({ finding: ended });
      else if (code === 0) resolve({ result: JSON.parse(stdout) as WorkerResult });
      else resolve({ finding: { kind: 'crash', index, detail: `ended with ${code ?? signal}\n${stderr}` } });
    });
  });
}

/** Looks whether the worker goes on to other inputs, and how large it is where the system tells (Linux). */
function watchWorker(
  progressFile: string,
  pid: number | undefined,
  stop: (finding: FuzzFinding) => void,
): NodeJS.Timeout {
  let seen: { index: number | undefined; sinceMs: number } = { index: undefined, sinceMs: performance.now() };
  return setInterval(() => {
    const index = readProgress(progressFile);
    const nowMs = performance.now();
    if (index !== seen.index) seen = { index, sinceMs: nowMs };
    if (index === undefined) return;
    if (nowMs - seen.sinceMs > MAX_INPUT_MS)
      stop({ kind: 'hang', index, detail: `no answer after ${MAX_INPUT_MS / 1000} s` });
    const rssBytes = residentBytes(pid);
    if (rssBytes > MAX_RSS_BYTES)
      stop({
        kind: 'memory',
        index,
        detail: `${Math.round(rssBytes / 2 ** 20)} MB in use, at most 1024 MB are allowed`,
      });
  }, POLL_MS);
}

/** The input that the worker is at; undefined before the first. */
function readProgress(file: string): number | undefined {
  try {
    const bytes = readFileSync(file);
    return bytes.length < 8 ? undefined : Number(bytes.readBigUInt64LE());
  } catch {
    // The worker has not come that far.
    return undefined;
  }
}

function residentBytes(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
