/**
 * Runs one Windows program with a command line of exactly the given text, and writes down its full exit code. Needed for
 * msiexec, whose `NAME="a ""b"" c"` no argument vector can express, and for names outside of ASCII, which a command file
 * cannot carry. Runs on Windows (or Wine); self-contained, so that it can be bundled into one CommonJS file.
 *
 *   node.exe run-command-line.cjs <request.json>      { program, commandLine, exitCodePath }, in UTF-8
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

export interface CommandLineRequest {
  readonly program: string;
  /** What follows the program's name. */
  readonly commandLine: string;
  /** Windows path of the file that receives the exit code in decimal. */
  readonly exitCodePath: string;
}

const { program, commandLine, exitCodePath } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as CommandLineRequest;
const { status, error } = spawnSync(program, [commandLine], { windowsVerbatimArguments: true, stdio: 'ignore' });
if (error !== undefined) throw error;
writeFileSync(exitCodePath, String(status));
