/** How the compiler grows: 10,000 small files against a quarter of them and against wixl, and memory with 1 GB of payload. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatDuration, formatSize } from '../../installer/format-units.ts';
import { findOnPath } from '../../test/support/tools.ts';
import { projectRoot } from '../lib/project.ts';
import { type BenchContext, type Benchmark, type BenchRow, median, timeRounds } from './row.ts';

const run = promisify(execFile);
const FILES = 10_000;
const FEWER_FILES = 2_500;
const FILES_PER_FOLDER = 100;
const ROUNDS = 3;
const PAYLOAD_BYTES = 2 ** 30;
const MAX_PEAK_BYTES = 512 * 2 ** 20;

export const scaleBench: Benchmark = {
  name: 'scale',
  description: '10,000 small files against wixl, and memory with 1 GB of payload',
  unavailable: async () =>
    findOnPath('wixl') === undefined ? 'wixl is not installed (Debian package "wixl")' : undefined,
  run: async (context) => [...(await manyFiles(context)), ...(await largePayload(context))],
};

async function manyFiles({ dir, log }: BenchContext): Promise<BenchRow[]> {
  log(`scale: ${FILES} small files`);
  await writeManyFiles(dir, FILES);
  const few = await writeSource(dir, FEWER_FILES);
  const many = await writeSource(dir, FILES);
  const ours = (source: string) => () => run(process.execPath, compileArguments(source), { cwd: projectRoot });
  const theirs = () => run('wixl', ['-o', join(dir, 'wixl.msi'), many], { cwd: dir });
  const [fewMs, manyMs, wixlMs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= ROUNDS; round++) {
    log(`scale: round ${round} of ${ROUNDS}`);
    fewMs.push(...(await timeRounds(1, ours(few))));
    manyMs.push(...(await timeRounds(1, ours(many))));
    wixlMs.push(...(await timeRounds(1, theirs)));
  }
  return [
    timeRow('WiX source → MSI, 10,000 files: time', {
      ours: median(manyMs),
      other: median(wixlMs),
      name: 'wixl',
      budget: 1,
    }),
    // Four times the files in at most four times the time; the start of the program is in both.
    timeRow('WiX source → MSI, 10,000 files: growth', {
      ours: median(manyMs),
      other: median(fewMs),
      name: '2,500 files',
      budget: FILES / FEWER_FILES,
    }),
  ];
}

interface TimePair {
  readonly ours: number;
  readonly other: number;
  readonly name: string;
  readonly budget: number;
}

function timeRow(what: string, { ours, other, name, budget }: TimePair): BenchRow {
  return {
    what,
    measured: formatDuration(ours),
    against: `${name} ${formatDuration(other)}`,
    ratio: ours / other,
    budget,
  };
}

function compileArguments(source: string): string[] {
  return ['installer/cli.ts', 'compile', source, '-o', source.replace(/\.wxs$/, '.msi')];
}

/** Files of some hundred bytes, each with a content of its own. */
async function writeManyFiles(dir: string, count: number): Promise<void> {
  for (let folder = 0; folder < count / FILES_PER_FOLDER; folder++) {
    await mkdir(join(dir, 'many', `d${folder}`), { recursive: true });
    const names = Array.from({ length: FILES_PER_FOLDER }, (_, index) => index);
    await Promise.all(
      names.map((index) =>
        writeFile(join(dir, 'many', `d${folder}`, `f${index}.txt`), `file ${index} of folder ${folder}\n`.repeat(20)),
      ),
    );
  }
}

/** A component per file, as installers of this size have it; only what wixl knows as well. */
async function writeSource(dir: string, count: number): Promise<string> {
  const guid = (index: number) => `{9D0A3C76-6C0F-4D55-A7B9-${index.toString(16).toUpperCase().padStart(12, '0')}}`;
  const file = (folder: number, index: number) => {
    const id = `F${folder}_${index}`;
    return `<Component Id="C${id}" Guid="${guid(folder * FILES_PER_FOLDER + index)}"><File Id="${id}" Name="f${index}.txt" Source="many/d${folder}/f${index}.txt" KeyPath="yes" /></Component>`;
  };
  const folders = Array.from({ length: count / FILES_PER_FOLDER }, (_, folder) => folder);
  const indexes = Array.from({ length: FILES_PER_FOLDER }, (_, index) => index);
  const directories = folders.map(
    (folder) =>
      `<Directory Id="D${folder}" Name="d${folder}">${indexes.map((index) => file(folder, index)).join('\n')}</Directory>`,
  );
  const references = folders.flatMap((folder) => indexes.map((index) => `<ComponentRef Id="CF${folder}_${index}" />`));
  const source = join(dir, `many-${count}.wxs`);
  await writeFile(source, product(directories.join('\n'), references.join('\n')));
  return source;
}

function product(content: string, references: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{6C2C9E4E-3C0B-4C0B-8E55-6C8B9E0F7A12}" Name="Bench" Language="1033" Version="1.0.0" Manufacturer="Vigil Project"
           UpgradeCode="{0B9F0E0A-5B7C-4D53-9C43-2D7C6F2E8A23}">
    <Package InstallerVersion="200" Compressed="yes" />
    <Media Id="1" Cabinet="bench.cab" EmbedCab="yes" />
    <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFilesFolder"><Directory Id="INSTALLDIR" Name="Bench">
${content}
    </Directory></Directory></Directory>
    <Feature Id="Complete" Level="1">
${references}
    </Feature>
  </Product>
</Wix>
`;
}

async function largePayload({ dir, log }: BenchContext): Promise<BenchRow[]> {
  log('scale: 1 GB of payload');
  const [payload, source, msi] = ['large.bin', 'large.wxs', 'large.msi'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  try {
    await writeLargeFile(payload);
    const component =
      '<Component Id="Large" Guid="{9D0A3C76-6C0F-4D55-A7B9-4A3E1A7C1D34}"><File Id="Large" Source="large.bin" KeyPath="yes" /></Component>';
    await writeFile(source, product(component, '<ComponentRef Id="Large" />'));
    const startedMs = performance.now();
    const peakBytes = await peakMemoryOf(compileArguments(source));
    const elapsedMs = performance.now() - startedMs;
    const sizeBytes = (await stat(msi)).size;
    return [
      {
        what: 'WiX source → MSI, 1 GB of payload: memory',
        measured: `${formatSize(peakBytes)} in ${formatDuration(elapsedMs)}`,
        against: `${formatSize(MAX_PEAK_BYTES)}, MSI of ${formatSize(sizeBytes)}`,
        ratio: peakBytes / MAX_PEAK_BYTES,
        budget: 1,
      },
    ];
  } finally {
    for (const path of [payload, msi]) await rm(path, { force: true });
  }
}

/** Half noise, half zeros, no block like another: what compresses to about half, like programs do. */
async function writeLargeFile(path: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    const block = new Uint32Array(2 ** 18);
    let state = 1;
    for (let written = 0; written < PAYLOAD_BYTES; written += block.byteLength) {
      for (let index = 0; index < block.length; index++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        block[index] = (index & 64) === 0 ? state : 0;
      }
      await handle.writeFile(new Uint8Array(block.buffer));
    }
  } finally {
    await handle.close();
  }
}

/** Largest resident size of a Node.js program, as the system counted it for the program itself when it ended. */
async function peakMemoryOf(args: readonly string[]): Promise<number> {
  const report = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))`;
  const preload = `data:text/javascript,${encodeURIComponent(report)}`;
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const kilobytes = /peak (\d+)$/.exec(stderr)?.[1];
  if (child.exitCode !== 0 || kilobytes === undefined) throw new Error(`Cannot compile 1 GB of payload: ${stderr}`);
  return Number(kilobytes) * 1024;
}
