import { parseArgs } from 'node:util';
import { nodeVersionNotice } from './lib/project.ts';
import { formatCounts, formatResults, runSteps, totalCounts } from './lib/run-steps.ts';
import { testSteps } from './lib/test-steps.ts';

/**
 * `npm test`: everything. The last line is `N passed, N failed` with the number of tests executed, exit code 1 when
 * anything failed. With `CI=true` a part that could not run is a failure.
 */
const usage = `Usage: npm test [-- --only NAME]

Runs, in this order:
${testSteps.map(({ name, description }) => `  ${name.padEnd(10)} ${description}`).join('\n')}

As root on Debian or Ubuntu, missing referee programs are installed by apt-get; elsewhere they are named and what needs
them is skipped, or fails when CI=true.

Options:
  --only NAME   run only this step (may be repeated)
  --help        show this text`;

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) console.log(usage);
else process.exitCode = await test(values.only);

async function test(only: readonly string[] | undefined): Promise<number> {
  const unknown = only?.find((name) => !testSteps.some((step) => step.name === name));
  if (unknown !== undefined) {
    console.error(`Cannot run step "${unknown}": the steps are ${testSteps.map(({ name }) => `"${name}"`).join(', ')}`);
    return 1;
  }
  const notice = nodeVersionNotice();
  if (notice !== undefined) console.warn(notice);
  const results = await runSteps(testSteps.filter(({ name }) => only === undefined || only.includes(name)));
  const total = totalCounts(results);
  console.log(`\n${formatResults(results)}\n\n${formatCounts(total)}`);
  return total.failed === 0 ? 0 : 1;
}
