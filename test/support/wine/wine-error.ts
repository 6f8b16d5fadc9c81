/**
 * Why the Wine environment did not do what a test asked.
 * - `unavailable`: this machine cannot have Wine; the message says what is missing and how to get it.
 * - `timed-out`: a Windows program did not end in time; the prefix is not fit for further use.
 * - `failed`: Wine or a helper program ended in a way that no test expects.
 */
export type WineErrorCode = 'unavailable' | 'timed-out' | 'failed';

export class WineError extends Error {
  readonly code: WineErrorCode;

  constructor(code: WineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WineError';
    this.code = code;
  }
}
