import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { PipelineEvent, Stage } from '../../installer/pipeline/stage.ts';
import { StageRunner } from '../../installer/pipeline/stage-runner.ts';
import { FileHasher } from '../../installer/tools/file-hasher.ts';

let dir: string;
let runs: number;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vigil stages '));
  runs = 0;
  writeFileSync(join(dir, 'in.txt'), 'one');
  writeFileSync(join(dir, 'included.txt'), 'two');
});

interface Setting {
  readonly suffix: string;
}

/** Joins two files and a setting: one file known beforehand, one found while running. */
const joinStage: Stage<Setting, { readonly length: number }> = {
  name: 'bundle',
  title: 'Join',
  fingerprint: (setting) => setting,
  reads: () => [join(dir, 'in.txt')],
  async run({ suffix }) {
    runs++;
    const included = join(dir, 'included.txt');
    const text = readFileSync(join(dir, 'in.txt'), 'utf8') + readFileSync(included, 'utf8') + suffix;
    writeFileSync(join(dir, 'out.txt'), text);
    return { output: { length: text.length }, written: [join(dir, 'out.txt')], alsoRead: [included] };
  },
};

async function run(setting: Setting = { suffix: '!' }, options: { reuse?: boolean; toolchain?: string } = {}) {
  const events: PipelineEvent[] = [];
  const runner = new StageRunner({
    recordDir: join(dir, 'records'),
    toolchain: options.toolchain ?? 'v1',
    reuse: options.reuse ?? true,
    hasher: await FileHasher.open(join(dir, 'hashes.json')),
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    now: () => 0,
  });
  const output = await runner.run(joinStage, setting);
  return { output, events };
}

test('StageRunner reuses the output when nothing has changed, and says so', async () => {
  const first = await run();
  const second = await run();
  expect(second.output).toEqual(first.output);
  expect(runs).toBe(1);
  expect(second.events.at(-1)).toMatchObject({ type: 'stage-finished', reused: true });
});

test.each<[string, () => unknown]>([
  ['a file it was told of changes', () => writeFileSync(join(dir, 'in.txt'), 'ONE')],
  ['a file it found while running changes', () => writeFileSync(join(dir, 'included.txt'), 'TWO')],
  ['a file it found while running is gone', () => writeFileSync(join(dir, 'included.txt'), '')],
  ['its output is deleted', () => rmSync(join(dir, 'out.txt'))],
  ['its output is edited', () => writeFileSync(join(dir, 'out.txt'), 'tampered')],
  ['its record is damaged', () => writeFileSync(join(dir, 'records', 'bundle.json'), '{ "key"')],
])('StageRunner runs the stage again when %s', async (_what, change) => {
  await run();
  change();
  await run();
  expect(runs).toBe(2);
});

test('StageRunner runs the stage again for another setting, another toolchain, or when told not to reuse', async () => {
  await run();
  await run({ suffix: '?' });
  await run({ suffix: '?' }, { toolchain: 'v2' });
  await run({ suffix: '?' }, { toolchain: 'v2', reuse: false });
  expect(runs).toBe(4);
});

test('StageRunner does not run a stage after an abort', async () => {
  const controller = new AbortController();
  controller.abort();
  const runner = new StageRunner({
    recordDir: join(dir, 'records'),
    toolchain: 'v1',
    reuse: true,
    hasher: await FileHasher.open(),
    signal: controller.signal,
    onEvent: () => undefined,
    now: () => 0,
  });
  await expect(runner.run(joinStage, { suffix: '' })).rejects.toMatchObject({ code: 'aborted' });
  expect(runs).toBe(0);
});
