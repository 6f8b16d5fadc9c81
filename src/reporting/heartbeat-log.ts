/**
 * The daemon's first log: one JSON line per event in a file of bounded size. Written synchronously, line by line, so
 * that what was logged before the process ended is on disk's side of the process; events are seconds apart, so this
 * costs nothing. It does not interpret anything, and a folder that cannot be written never stops the daemon.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';

export interface HeartbeatLogOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly pid: number;
  /** The file is rotated to `<file>.1`, which replaces the one before, rather than growing beyond this. */
  readonly maxBytes?: number;
  /** Told about the first failed write, and again about the first one after a write that succeeded. */
  readonly onFailure?: (error: unknown) => void;
}

const defaultMaxBytes = 1024 * 1024;

export class HeartbeatLog {
  readonly #options: HeartbeatLogOptions;
  readonly #maxBytes: number;
  #failing = false;

  constructor(options: HeartbeatLogOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
  }

  /** Never throws. On return the line is with the operating system, or `onFailure` has been told. */
  write(event: string, details: Readonly<Record<string, unknown>> = {}): void {
    const { clock, pid } = this.#options;
    const time = new Date(clock.now()).toISOString();
    const line = `${JSON.stringify({ time, event, pid, uptimeMs: Math.round(clock.elapsedMs()), ...details })}\n`;
    try {
      this.#append(line);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#options.onFailure?.(error);
      this.#failing = true;
    }
  }

  /** The folder may vanish at any time (a clean-up script): it is made again. */
  #append(line: string): void {
    const { file } = this.#options;
    const sizeBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (sizeBytes === 0) mkdirSync(dirname(file), { recursive: true });
    if (sizeBytes > 0 && sizeBytes + Buffer.byteLength(line) > this.#maxBytes) renameSync(file, `${file}.1`);
    appendFileSync(file, line);
  }
}
