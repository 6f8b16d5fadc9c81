import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `msi …` as a process of its own in `folder`, with a fixed time stamp. */
export function runMsi(folder: string, args: readonly string[]): Promise<Ended> {
  const program = join(toolchainRoot, 'installer', 'cli.ts');
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1700000000' };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
