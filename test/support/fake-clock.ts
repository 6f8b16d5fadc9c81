import type { Clock } from '../../src/clock.ts';

/** A clock that moves when it is told to. Starts at 2026-01-02T03:04:05Z, one second into the process. */
export class FakeClock implements Clock {
  #elapsedMs = 1000;

  now(): number {
    return Date.UTC(2026, 0, 2, 3, 4, 4) + this.#elapsedMs;
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  advance(ms: number): void {
    this.#elapsedMs += ms;
  }
}
