/**
 * `invalid-data`: the bytes read are not what the format allows (a bad file).
 * `invalid-input`: the caller asked for something the format cannot hold (a bad call).
 * `not-found`: a stream, table or member that was asked for is not there.
 */
export type FormatErrorCode = 'invalid-data' | 'invalid-input' | 'not-found';

/** A failed read or write of a binary format. `format` names it (`cfb`, `msi`, `cab`, `pe`, …). */
export class FormatError extends Error {
  readonly code: FormatErrorCode;
  readonly format: string;

  constructor(format: string, code: FormatErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FormatError';
    this.format = format;
    this.code = code;
  }
}
