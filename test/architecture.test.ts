import { describe, expect, test } from 'vitest';
import { projectRoot } from '../scripts/lib/project.ts';
import {
  findCycles,
  type Module,
  type ModuleImport,
  parseModule,
  reachableFrom,
  readModuleGraph,
} from './support/module-graph.ts';

/** The rules of docs/architecture.md about who may import whom and what must be pure. An offending edge is printed. */
const graph = readModuleGraph(projectRoot, ['src', 'installer', 'scripts', 'test', 'examples']);

/** Folders that are given bytes, a clock, a random source, a file resolver, and reach for nothing themselves. */
const pureFolders = ['src/supervision/', 'installer/wix/', 'installer/formats/', 'installer/validate/'];
/** Of Node's own modules, those that only compute. */
const pureBuiltins = new Set(['node:buffer', 'node:crypto', 'node:path', 'node:util', 'node:zlib']);
const impureGlobals =
  /\b(Date\.now|new Date\(\)|Math\.random|performance\.|process\.|console\.|setTimeout|setInterval|setImmediate|fetch\(|randomBytes|randomUUID|randomInt|getRandomValues)/;
const seesWin32 = ['src/host/', 'src/workers/', 'src/reporting/', 'src/win32/'];

describe('import direction', () => {
  test('src does not import installer, scripts or test', () => {
    expect(edges((from, to) => from.startsWith('src/') && /^(installer|scripts|test)\//.test(to))).toEqual([]);
  });

  test('installer imports nothing of src but src/product, and neither scripts nor test', () => {
    const forbidden = (to: string) =>
      /^(scripts|test)\//.test(to) || (to.startsWith('src/') && !to.startsWith('src/product/'));
    expect(edges((from, to) => from.startsWith('installer/') && forbidden(to))).toEqual([]);
  });

  test('src/win32 is seen by host, workers and reporting only', () => {
    const outside = (from: string) => from.startsWith('src/') && !inAny(seesWin32, from);
    expect(edges((from, to) => outside(from) && to.startsWith('src/win32/'))).toEqual([]);
  });

  test('every relative import leads to a file of the project', () => {
    const isSource = (to: string) => to.endsWith('.ts') && !to.endsWith('.d.ts');
    expect(edges((_from, to) => isSource(to) && !graph.modules.has(to))).toEqual([]);
  });

  test('no module imports itself by way of others', () => {
    expect(findCycles(graph)).toEqual([]);
  });
});

describe('purity', () => {
  const pureModules = [...graph.modules.keys()].filter((path) => inAny(pureFolders, path));

  test('there are pure modules to look at', () => {
    expect(pureModules.length).toBeGreaterThan(0);
  });

  test('pure modules and all they load use no file system, process, clock, chance or logger', () => {
    const reached = new Map(pureModules.flatMap((path) => reachableFrom(graph, path).map((to) => [to, path] as const)));
    const offences = [...reached].flatMap(([path, loadedBy]) =>
      impurities(graph.modules.get(path)).map((what) => `${path} uses ${what} (loaded by ${loadedBy})`),
    );
    expect(offences).toEqual([]);
  });
});

test('impurities() names the module and the global', () => {
  const source = "import { readFileSync } from 'node:fs';\nimport type { Stats } from 'node:fs';\nreturn Date.now();";
  expect(impurities(parseModule('a/b.ts', source))).toEqual(['"node:fs"', 'Date.now']);
});

describe('module-graph', () => {
  const importsOf = (source: string) => parseModule('a/b.ts', source).imports;

  test('parseModule() sees every form of import', () => {
    const lines = [
      "import './side-effect.ts';",
      "import one from './one.ts';",
      'import {',
      '  two,',
      "} from '../two.ts';",
      "export * from './three.ts';",
      "const four = await import('./four.ts');",
    ];
    const targets = ['a/side-effect.ts', 'a/one.ts', 'two.ts', 'a/three.ts', 'a/four.ts'];
    expect(importsOf(lines.join('\n')).map(({ target }) => target)).toEqual(targets);
  });

  test('parseModule() tells types from values', () => {
    const lines = [
      "import type { A } from './a.ts';",
      "import { type B, type C } from './b.ts';",
      "import { type D, e } from './d.ts';",
      "export type { F } from './f.ts';",
    ];
    expect(importsOf(lines.join('\n')).map(({ typeOnly }) => typeOnly)).toEqual([true, true, false, true]);
  });

  test('parseModule() reads no comment and no string', () => {
    const source = `// import './no.ts';\n/* await import('./no.ts') */\nconst text = "Date.now()"; // process.exit`;
    const module = parseModule('a/b.ts', source);
    expect(module.imports).toEqual([]);
    expect(impurities(module)).toEqual([]);
  });

  test('findCycles() names the modules of a cycle and ignores types', () => {
    const modules = [
      parseModule('a.ts', "import { b } from './b.ts';\n"),
      parseModule('b.ts', "import { c } from './c.ts';\n"),
      parseModule('c.ts', "import { b } from './b.ts';\nimport type { A } from './a.ts';\n"),
    ];
    expect(findCycles({ modules: new Map(modules.map((module) => [module.path, module])) })).toEqual([
      'b.ts → c.ts → b.ts',
    ]);
  });
});

function edges(isOffence: (from: string, to: string) => boolean): string[] {
  const offending = ({ path, imports }: Module) =>
    imports.flatMap(({ target }: ModuleImport) =>
      target !== undefined && isOffence(path, target) ? [`${path} → ${target}`] : [],
    );
  return [...graph.modules.values()].flatMap(offending);
}

function impurities(module: Module | undefined): string[] {
  if (module === undefined) return [];
  const builtins = module.imports
    .filter(({ specifier, typeOnly }) => !typeOnly && specifier.startsWith('node:') && !pureBuiltins.has(specifier))
    .map(({ specifier }) => `"${specifier}"`);
  const global = impureGlobals.exec(module.code)?.[1];
  return global === undefined ? builtins : [...builtins, global];
}

function inAny(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path.startsWith(folder));
}
