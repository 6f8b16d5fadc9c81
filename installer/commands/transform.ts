/** `transform`: makes, applies and shows `.mst` files. Only arguments and presentation; see `installer/formats/mst/`. */
import type { Command } from 'commander';
import { ToolError } from '../errors.ts';
import { decodeMsi, diffDatabases, encodeMsi, type MsiColumn } from '../formats/msi/index.ts';
import {
  applyTransform,
  decodeTransform,
  encodeTransform,
  failedConditions,
  makeTransform,
  readConditions,
  VALIDATE,
} from '../formats/mst/index.ts';
import { openInput } from '../tools/open-input.ts';
import { setProperties } from '../tools/set-properties.ts';
import { writeSourceAtomically } from '../tools/write-source.ts';
import { tableCatalogue } from '../wix/index.ts';
import { transformObject, transformText } from './transform-text.ts';

interface MakeFlags {
  readonly output: string;
  readonly set: readonly string[];
  readonly validate?: number;
}

interface ApplyFlags {
  readonly output: string;
  readonly force: boolean;
}

interface ShowFlags {
  readonly base?: string;
  readonly json: boolean;
}

/** Named in the summary of every transform; without a version, as in MSIs. */
const APPLICATION = 'Vigil transform writer';

export function registerTransform(program: Command): void {
  const transform = program.command('transform').description('make, apply and show transforms (.mst)');
  transform
    .command('make')
    .description('write the transform that turns one MSI into another, or that sets properties')
    .argument('<base>', 'the MSI that the transform is for')
    .argument('[changed]', 'the MSI as it shall be')
    .requiredOption('-o, --output <mst>', 'the transform to write')
    .option('--set <property=value>', 'a property to set, none to remove it; may be repeated', collect, [])
    .option(
      '--validate <conditions>',
      `when it fits: none or of ${Object.keys(CONDITIONS).join(', ')}`,
      parseConditions,
    )
    .action((base: string, changed: string | undefined, flags: MakeFlags) => runMake(base, changed, flags));
  transform
    .command('apply')
    .description('write the MSI as a transform changes it')
    .argument('<base>', 'the MSI')
    .argument('<mst>', 'the transform')
    .requiredOption('-o, --output <msi>', 'the MSI to write')
    .option('--force', 'apply it even to an MSI that it was not made for', false)
    .action((base: string, mst: string, flags: ApplyFlags) => runApply(base, mst, flags));
  transform
    .command('show')
    .description('show what a transform changes, and when it fits')
    .argument('<mst>', 'the transform')
    .option('--base <msi>', 'the MSI that it is for, which knows tables that are not of the standard')
    .option('--json', 'print JSON', false)
    .action((mst: string, flags: ShowFlags) => runShow(mst, flags));
}

async function runMake(basePath: string, changedPath: string | undefined, flags: MakeFlags): Promise<void> {
  if ((changedPath === undefined) === (flags.set.length === 0)) {
    const found = changedPath === undefined ? 'found neither a second MSI nor --set' : 'found a second MSI and --set';
    throw new ToolError('file-invalid', `Cannot make "${flags.output}": ${found}, wanted one of them`, {
      cure: 'Give the changed MSI, or properties with --set NAME=value.',
    });
  }
  const base = await decodeMsi(await openInput(basePath));
  const changed =
    changedPath === undefined ? setProperties(base, flags.set) : await decodeMsi(await openInput(changedPath));
  const options = { application: APPLICATION, ...(flags.validate === undefined ? {} : { validation: flags.validate }) };
  const transform = await makeTransform(base, changed, options);
  const after = new Map(changed.tables.map(({ name, columns }) => [name, columns]));
  await writeSourceAtomically(
    flags.output,
    encodeTransform(transform, (name) => after.get(name)),
  );
  console.log(flags.output);
  const { summary } = await diffDatabases(base, changed);
  if (summary.length > 0) {
    const names = summary.map(({ property }) => property).join(', ');
    console.error(`Not in the transform, because Windows does not apply it: summary information (${names}).`);
  }
}

async function runApply(basePath: string, mstPath: string, { output, force }: ApplyFlags): Promise<void> {
  const base = await decodeMsi(await openInput(basePath));
  const before = new Map(base.tables.map(({ name, columns }) => [name, columns]));
  const transform = await decodeTransform(await openInput(mstPath), (name) => before.get(name));
  const failures = failedConditions(base, readConditions(transform.summary));
  if (failures.length > 0 && !force) {
    throw new ToolError('file-invalid', `Cannot apply "${mstPath}": "${basePath}" does not meet its conditions`, {
      details: failures,
      cure: 'Take the MSI that the transform was made for, or --force.',
    });
  }
  const [opaque] = transform.opaqueTables;
  if (opaque !== undefined) {
    throw new ToolError('file-invalid', `Cannot apply "${mstPath}": it changes table "${opaque.name}"`, {
      cure: `"${basePath}" has no such table. Take the MSI that the transform was made for.`,
    });
  }
  await writeSourceAtomically(output, encodeMsi(applyTransform(base, transform)));
  console.log(output);
}

async function runShow(path: string, { base, json }: ShowFlags): Promise<void> {
  const known = new Map<string, readonly MsiColumn[]>();
  for (const { name, columns } of tableCatalogue.values()) known.set(name, columns);
  const tables = base === undefined ? [] : (await decodeMsi(await openInput(base))).tables;
  for (const { name, columns } of tables) known.set(name, columns);
  const transform = await decodeTransform(await openInput(path), (name) => known.get(name));
  const columnsOf = (name: string) => known.get(name) ?? [];
  console.log(
    json ? JSON.stringify(transformObject(transform, columnsOf), undefined, 2) : transformText(transform, columnsOf),
  );
}

const CONDITIONS: Readonly<Record<string, number>> = {
  language: VALIDATE.language,
  product: VALIDATE.product,
  'upgrade-code': VALIDATE.upgradeCode,
  'major-version': VALIDATE.majorVersion | VALIDATE.equalVersion,
  'minor-version': VALIDATE.minorVersion | VALIDATE.equalVersion,
  'update-version': VALIDATE.updateVersion | VALIDATE.equalVersion,
};

function parseConditions(text: string): number {
  if (text === 'none') return 0;
  return text.split(',').reduce((sum, part) => {
    const flag = CONDITIONS[part.trim()];
    if (flag !== undefined) return sum | flag;
    throw new ToolError('file-invalid', `Cannot check "${part.trim()}": there is no such condition`, {
      cure: `Wanted "none", or some of ${Object.keys(CONDITIONS).join(', ')} separated by commas.`,
    });
  }, 0);
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}
