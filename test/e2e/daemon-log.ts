import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The daemon's heartbeat log as a witness: one JSON line per event. */
export class DaemonLog {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The whole text; empty when there is no log. */
  get text(): string {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8') : '';
  }

  count(event: string): number {
    return this.#events().filter((found) => found === event).length;
  }

  /** What the daemon said about itself when it last started. @throws Error when it never did. */
  lastStart(): DaemonStart {
    const line = this.#lines().findLast((found) => found.event === 'starting');
    if (line === undefined) throw new Error(`Cannot find a start in "${this.path}"`);
    return line as unknown as DaemonStart;
  }

  /** Waits until `event` has been logged `times` times in all. @throws Error with the events seen. */
  async waitFor(event: string, times = 1, timeoutMs = 10_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.count(event) < times) {
      if (performance.now() > deadline) {
        const seen = this.#events().join(', ');
        throw new Error(
          `Cannot find event "${event}" in the daemon's log: found ${seen || 'none'}, wanted it ${times} times`,
        );
      }
      await sleep(50);
    }
  }

  #events(): string[] {
    return this.#lines().map(({ event }) => event);
  }

  /** The last line may be half-written while the daemon lives. */
  #lines(): { readonly event: string }[] {
    const complete = this.text.split('\n').slice(0, -1);
    return complete.map((line) => JSON.parse(line) as { event: string });
  }
}

export interface DaemonStart {
  readonly version: string;
  readonly dataDir: string;
  readonly workers: readonly string[];
}
