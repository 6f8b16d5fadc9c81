/**
 * Engine `sea`: Node's own single-executable blob, injected as a resource. It does what pkg's injector does to a PE file
 * in a twentieth of the time, because it edits the resource section instead of lifting the whole file.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeFileAtomically } from '../atomic-write.ts';
import { withSeaBlob } from '../pe-resources.ts';
import { runProgram } from '../run-program.ts';
import type { EngineInput, ExecutableEngine } from './executable-engine.ts';

export const seaEngine: ExecutableEngine = {
  name: 'sea',
  version: `Node.js ${process.version.slice(1)}`,
  async build(input) {
    input.progress('making the blob');
    const blob = await makeBlob(input);
    input.progress('injecting the blob');
    const executable = withSeaBlob(await readFile(input.baseExecutable), blob);
    input.signal.throwIfAborted();
    await writeFileAtomically(input.output, executable);
  },
};

/**
 * The blob names its main script, so the script is given by a bare name in a folder of its own: the same bytes come out
 * wherever the project lies. Code cache and snapshot are off: both are made for the host's processor and system.
 */
async function makeBlob({ bundle, signal }: EngineInput): Promise<Uint8Array> {
  const dir = await mkdtemp(join(tmpdir(), 'vigil-sea-'));
  try {
    const main = basename(bundle);
    await writeFile(join(dir, main), await readFile(bundle));
    const config = {
      main,
      output: 'sea.blob',
      disableExperimentalSEAWarning: true,
      useSnapshot: false,
      useCodeCache: false,
    };
    await writeFile(join(dir, 'sea-config.json'), JSON.stringify(config));
    await runProgram(process.execPath, ['--experimental-sea-config', 'sea-config.json'], { cwd: dir, signal });
    return await readFile(join(dir, 'sea.blob'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
