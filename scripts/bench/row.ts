/** One line of the benchmark report: a measurement against something measured in the same run. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  /** Measured divided by what it is compared with; undefined for a plain number. */
  readonly ratio?: number;
  /** The ratio must not be above this. */
  readonly budget?: number;
}

/** A group of measurements that need the same things. */
export interface Benchmark {
  readonly name: string;
  readonly description: string;
  /** A reason why it cannot run here, or undefined. */
  unavailable(): Promise<string | undefined>;
  run(context: BenchContext): Promise<BenchRow[]>;
}

export interface BenchContext {
  /** A folder of the benchmark's own, deleted afterwards. */
  readonly dir: string;
  readonly log: (line: string) => void;
}

/** Median of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Milliseconds that `work` takes, `rounds` times. */
export async function timeRounds(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times;
}
