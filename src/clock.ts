/** Time as a parameter: code that needs it is given a `Clock`, and tests give it their own. */
export interface Clock {
  /** Milliseconds since 1970, for what people read. May jump. */
  now(): number;
  /** Milliseconds since the process started; never goes back. */
  elapsedMs(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
};
