/** A slice of `npm run fuzz`: fixed seeds, so that it says the same every time. */
import { expect, test } from 'vitest';
import { fuzzTargets, randomFor, readOnce } from './targets.ts';

const SEED = 'slice';
const COUNTS: Readonly<Record<string, number>> = { wix: 3000 };
const COUNT = 5000;

test.each(fuzzTargets)('the reader "$name" answers damaged input with success or a typed error', async (target) => {
  const make = await target.prepare();
  const seen = { accepted: 0, refused: 0 };
  for (let index = 0; index < (COUNTS[target.name] ?? COUNT); index++) {
    const outcome = await readOnce(target, await make(randomFor(target.name, SEED, index)));
    if (outcome.kind === 'fault') throw new Error(`input ${index} of seed "${SEED}"`, { cause: outcome.error });
    seen[outcome.kind] += 1;
  }
  // Where nothing is refused, or nothing gets through, the inputs are not worth the time.
  expect(seen.accepted).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});
