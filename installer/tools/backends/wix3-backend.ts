/**
 * Back end `wix3`: the WiX Toolset v3 (candle and light) driven through `electron-wix-msi`. MSICreator gives candle no
 * processor, no variables and no output path, and leaves everything beside the source: the source has to name its platform
 * itself, and a copy of it under a name of its own is what gets compiled. Times in the MSI are those of the build.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, rename, rm, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { AbortedError, ToolError } from '../../errors.ts';
import { decodeMsi, type MsiContent } from '../../formats/msi/index.ts';
import { writeAtomically } from '../atomic-write.ts';
import { openInput } from '../open-input.ts';
import { runProgram } from '../run-program.ts';
import type { BackendInput, BackendOutput, MsiBackend } from './msi-backend.ts';

export const wix3Backend: MsiBackend = {
  async compile(input) {
    const env = await wixEnvironment();
    const { source } = input;
    const copy = join(dirname(source), `${basename(source, '.wxs')}.${process.pid}-${randomUUID()}.wxs`);
    try {
      input.signal.throwIfAborted();
      await copyFile(source, copy);
      await runWix(copy, env, input);
      return await takeMsi(besideSource(copy, 'msi'), input);
    } catch (error) {
      throw input.signal.aborted ? new AbortedError() : error;
    } finally {
      // A program that is being ended may hold its files for a moment on Windows.
      const leftovers = [copy, ...['wixobj', 'wixpdb', 'msi'].map((kind) => besideSource(copy, kind))];
      await Promise.all(leftovers.map((path) => rm(path, { force: true, maxRetries: 10, retryDelay: 100 })));
    }
  },
};

/** MSICreator starts `candle.exe` and `light.exe`, but asks `candle` and `light` for their version through a shell. */
const programs = ['candle.exe', 'light.exe'];
const probes = process.platform === 'win32' ? [] : ['candle', 'light'];

/**
 * The environment in which candle and light are found: PATH, then the folder that WiX's own installer names in `WIX`.
 * Throws `ToolError` (`program-missing`) that says what to install.
 */
async function wixEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { WIX: wixFolder } = process.env;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  if (wixFolder !== undefined && wixFolder !== '') folders.push(join(wixFolder, 'bin'));
  const missing: string[] = [];
  for (const program of [...programs, ...probes]) if (!(await isInOneOf(folders, program))) missing.push(program);
  if (missing.length === 0) return withPath(folders.join(delimiter));
  const names = missing.map((name) => `"${name}"`).join(', ');
  throw new ToolError('program-missing', `Cannot compile with WiX v3: ${names} not found on PATH, wanted WiX 3.14`, {
    cure:
      process.platform === 'win32'
        ? 'Install the WiX Toolset v3.14 ("winget install WiXToolset.WiXToolset") and open a new terminal, or build with --backend embedded, which needs nothing.'
        : 'WiX v3 is for Windows: build there with the WiX Toolset v3.14 installed, put wrappers of these names on PATH that start it under Wine, or build with --backend embedded, which needs nothing.',
  });
}

async function isInOneOf(folders: readonly string[], program: string): Promise<boolean> {
  for (const folder of folders) {
    const path = join(folder, program);
    const runs = await access(path, constants.X_OK).then(
      async () => (await stat(path)).isFile(),
      () => false,
    );
    if (runs) return true;
  }
  return false;
}

/** Windows knows the variable in any letter case; an environment with two of them is not what it seems. */
function withPath(path: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => name.toUpperCase() !== 'PATH');
  return { ...Object.fromEntries(others), PATH: path };
}

async function runWix(copy: string, env: NodeJS.ProcessEnv, input: BackendInput): Promise<void> {
  const driver = join(import.meta.dirname, 'wix3-driver.ts');
  // The validation of light calls Windows Installer itself, which is on Windows only.
  const lightSwitches = process.platform === 'win32' ? [] : ['-sval'];
  input.progress('candle and light');
  try {
    await runProgram(process.execPath, [driver, copy, ...lightSwitches], {
      cwd: dirname(copy),
      env,
      signal: input.signal,
      endTree: true,
    });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const { source } = input;
    throw new ToolError('compile-failed', `Cannot compile "${source}" with WiX v3: candle or light refused it`, {
      cure: 'Mend the places below. If you have not changed a template, this is a fault of Vigil: please report it.',
      details: error.details.map((line) => line.replaceAll(basename(copy), basename(source))),
      cause: error,
    });
  }
}

/** Reads the codes from the MSI and moves it to its place. */
async function takeMsi(made: string, { source, output }: BackendInput): Promise<BackendOutput> {
  const content = await decodeMsi(await openInput(made));
  if (!isSelfContained(content)) {
    throw new ToolError('compile-failed', `Cannot take the MSI made of "${source}": it has files outside of it`, {
      cure: 'Set Package Compressed="yes" and Media EmbedCab="yes", or build with --backend embedded.',
    });
  }
  const codes = { productCode: productCodeOf(content), packageCode: content.summary.revisionNumber ?? '' };
  await writeAtomically(output, (temporaryPath) =>
    // Another drive cannot be renamed to.
    rename(made, temporaryPath).catch(() => copyFile(made, temporaryPath)),
  );
  return codes;
}

function productCodeOf({ tables }: MsiContent): string {
  const rows = tables.find(({ name }) => name === 'Property')?.rows ?? [];
  return String(rows.find(([name]) => name === 'ProductCode')?.[1] ?? '');
}

/** Bit 1 of the word count says "compressed"; an embedded cabinet's name begins with `#` (Windows Installer, Media table). */
function isSelfContained({ summary, tables }: MsiContent): boolean {
  const media = tables.find(({ name }) => name === 'Media');
  const column = media?.columns.findIndex(({ name }) => name === 'Cabinet') ?? -1;
  const cabinets = (media?.rows ?? []).map((row) => row[column] ?? null);
  return (
    ((summary.wordCount ?? 0) & 2) !== 0 && cabinets.every((name) => name === null || String(name).startsWith('#'))
  );
}

function besideSource(copy: string, extension: string): string {
  return `${copy.slice(0, -'.wxs'.length)}.${extension}`;
}
