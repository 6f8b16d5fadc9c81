/** The one time stamp of a reproducible build (see reproducible-builds.org, SOURCE_DATE_EPOCH). */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ToolError } from '../errors.ts';

/** 1980-01-01: the earliest date that a cabinet can hold. Used where there is no commit to take the time from. */
const earliestEpoch = 315_532_800;

/** Seconds since 1970: `SOURCE_DATE_EPOCH`, else the time of the last commit in `dir`, else 1980-01-01. */
export async function sourceDateEpoch(dir: string, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const given = env.SOURCE_DATE_EPOCH;
  if (given !== undefined && given !== '') return parseEpoch(given);
  const committed = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: dir }).catch(
    () => undefined,
  );
  const epoch = Number(committed?.stdout.trim());
  return Number.isSafeInteger(epoch) && epoch >= earliestEpoch ? epoch : earliestEpoch;
}

function parseEpoch(text: string): number {
  const epoch = Number(text);
  if (/^\d+$/.test(text) && epoch >= earliestEpoch && epoch <= 4_354_819_199) return epoch;
  throw new ToolError(
    'product-invalid',
    `Cannot use SOURCE_DATE_EPOCH: found "${text}", wanted seconds from 1980 to 2107`,
    {
      cure: 'Unset it, or set it to `git log -1 --format=%ct`.',
    },
  );
}
