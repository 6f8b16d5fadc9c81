/** The last thing a failed command prints: what was found, what was wanted, what to do. */
import { AbortedError, ToolError } from '../errors.ts';
import { FormatError } from '../formats/format-error.ts';
import { StageError } from '../pipeline/stage-error.ts';

/** Exit code for work that the user stopped: 128 + SIGINT, as shells have it. */
const interruptedExitCode = 130;

/** Prints `error` for a person and returns the exit code of the process. */
export function printError(error: unknown, write: (text: string) => void): number {
  if (error instanceof AbortedError) {
    write('\nStopped; nothing half-written is left.\n');
    return interruptedExitCode;
  }
  if (error instanceof StageError) return printFailure(error.cause, { write, prefix: `${error.stage}: ` });
  return printFailure(error, { write, prefix: '' });
}

interface Printing {
  readonly write: (text: string) => void;
  readonly prefix: string;
}

function printFailure(error: unknown, { write, prefix }: Printing): number {
  if (error instanceof ToolError) {
    write(`\n${prefix}${error.message}\n`);
    for (const detail of error.details) write(`  ${detail}\n`);
    write(`  → ${error.cure}\n`);
  } else if (error instanceof FormatError) {
    write(`\n${prefix}${error.message}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    write(`\n${prefix}Unexpected failure; please report it with the text below.\n${text}\n`);
  }
  return 1;
}
