import { parseArgs } from 'node:util';
import { checkSteps } from './lib/check-steps.ts';
import { writeGeneratedFiles } from './lib/generated-files.ts';
import { nodeVersionNotice, packageProgram } from './lib/project.ts';
import { runChild } from './lib/run-child.ts';
import { formatResults, runSteps } from './lib/run-steps.ts';

/** `npm run check`: everything that needs no test run. Exit code 1 when a step fails. */
const usage = `Usage: npm run check [-- --write]

Checks the sources without running them:
${checkSteps.map(({ name, description }) => `  ${name.padEnd(10)} ${description}`).join('\n')}

Options:
  --write   first format, fix what can be fixed safely and renew generated files
  --help    show this text`;

const { values } = parseArgs({ options: { write: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) console.log(usage);
else process.exitCode = await check(values.write ?? false);

async function check(write: boolean): Promise<number> {
  const notice = nodeVersionNotice();
  if (notice !== undefined) console.warn(notice);
  if (write) {
    await writeGeneratedFiles();
    await runChild(process.execPath, [packageProgram('@biomejs/biome', 'biome'), 'check', '--write', '.']);
  }
  const results = await runSteps(checkSteps);
  console.log(`\n${formatResults(results)}`);
  return results.some(({ status }) => status === 'failed') ? 1 : 0;
}
