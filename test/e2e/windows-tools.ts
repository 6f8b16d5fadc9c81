import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheDir } from '../../installer/tools/cache-dir.ts';
import { koffiAddon, windowsNode } from '../../installer/tools/windows-runtime.ts';

/** The Windows programs that tests run on the machine under test; none of them comes from the MSI. */
export interface WindowsTools {
  /** Host path of `node.exe`, with `koffi.node` beside it. */
  readonly node: string;
  /** Host path of the bundled `test/support/scm-control.ts`. */
  readonly scmControl: string;
  /** Host path of the bundled `test/support/run-command-line.ts`. */
  readonly runCommandLine: string;
  /** Host path of the bundled `test/support/event-messages.ts`. */
  readonly eventMessages: string;
}

export async function makeWindowsTools(
  projectRoot: string,
  folder: string,
  nodeVersion: string,
): Promise<WindowsTools> {
  await mkdir(folder, { recursive: true });
  const { signal } = new AbortController();
  const options = { cacheDir: cacheDir(), projectDir: projectRoot, signal, onProgress: () => {} };
  const koffiPackage = await readFile(join(projectRoot, 'node_modules', 'koffi', 'package.json'), 'utf8');
  const koffi = JSON.parse(koffiPackage) as { version: string };
  const node = join(folder, 'node.exe');
  await copyFile((await windowsNode(nodeVersion, 'x64', options)).path, node);
  await copyFile((await koffiAddon(koffi.version, 'x64', options)).path, join(folder, 'koffi.node'));
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['scm-control', 'run-command-line', 'event-messages'].map((name) => `test/support/${name}.ts`),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['koffi'],
    logLevel: 'error',
  });
  const program = (name: string): string => join(folder, `${name}.cjs`);
  return {
    node,
    scmControl: program('scm-control'),
    runCommandLine: program('run-command-line'),
    eventMessages: program('event-messages'),
  };
}
