/**
 * An operation of the toolchain that failed for a reason outside its own code: the network, the disk, a program, a file
 * that is not what it should be. `cure` tells the user what to do next.
 */
export type ToolErrorCode =
  | 'registry-unreachable'
  | 'package-not-found'
  | 'integrity-mismatch'
  | 'not-locked'
  | 'runtime-mismatch'
  | 'file-missing'
  | 'file-invalid'
  | 'disk-full'
  | 'not-writable'
  | 'program-failed'
  | 'program-missing'
  | 'bundle-failed'
  | 'compile-failed'
  | 'product-invalid'
  | 'package-invalid'
  | 'rule-unknown';

export interface ToolErrorOptions {
  readonly cure: string;
  /** Further lines for the user, such as diagnostics. */
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

export class ToolError extends Error {
  readonly code: ToolErrorCode;
  readonly cure: string;
  readonly details: readonly string[];

  constructor(code: ToolErrorCode, message: string, options: ToolErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ToolError';
    this.code = code;
    this.cure = options.cure;
    this.details = options.details ?? [];
  }
}

/** The user pressed Ctrl+C (or a parent asked to stop). Not a failure: nothing is reported but the fact. */
export class AbortedError extends Error {
  readonly code = 'aborted';

  constructor() {
    super('Stopped on request');
    this.name = 'AbortedError';
  }
}

/**
 * Turns an error of the file system into one the user can act on; anything else is returned as it is.
 * `subject` is the file or folder that was being written.
 */
export function explainWriteError(error: unknown, subject: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ToolError('disk-full', `Cannot write "${subject}": the disk is full`, {
        cure: 'Free some space (a build needs about 400 MB), or write elsewhere with --out.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ToolError('not-writable', `Cannot write "${subject}": it is read-only for this user`, {
        cure: 'Make the folder writable, or write elsewhere with --out.',
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return new ToolError(
        'not-writable',
        `Cannot write "${subject}": a file stands where a folder should be, or the reverse`,
        {
          cure: 'Remove or rename it, or write elsewhere with --out.',
          cause: error,
        },
      );
    default:
      return error;
  }
}

/** The `code` of a system error (`ENOENT`, …), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
