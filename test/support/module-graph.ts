import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * Which of the project's modules import which, read from their import and export statements. The sources are formatted
 * by biome (checked by `npm run check`), so statements begin a line and specifiers stand in single quotes: that is what
 * the patterns rely on. Computed specifiers are not seen.
 */
export interface ModuleGraph {
  /** Paths relative to the project, with slashes. */
  readonly modules: ReadonlyMap<string, Module>;
}

export interface Module {
  readonly path: string;
  /** Source without comments and string contents. */
  readonly code: string;
  readonly imports: readonly ModuleImport[];
}

export interface ModuleImport {
  readonly specifier: string;
  /** Path of the imported module when it is the project's own. */
  readonly target?: string;
  /** Erased before the program runs. */
  readonly typeOnly: boolean;
}

export function readModuleGraph(projectRoot: string, folders: readonly string[]): ModuleGraph {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
      .map((path) => toSlashes(join(folder, path))),
  );
  const modules = paths.map((path) => parseModule(path, readFileSync(join(projectRoot, path), 'utf8')));
  return { modules: new Map(modules.map((module) => [module.path, module])) };
}

export function parseModule(path: string, source: string): Module {
  // Specifiers stand in single quotes; what stands in double quotes may be a text about imports.
  const withoutComments = source.replaceAll(commentOrString, (text) => (text.startsWith("'") ? text : ''));
  const statements = [...withoutComments.matchAll(importStatement)].map((match) =>
    describeImport(path, match[3] ?? '', match[1] !== undefined || onlyTypes(match[2])),
  );
  const dynamic = [...withoutComments.matchAll(dynamicImport)].map((match) =>
    describeImport(path, match[1] ?? '', false),
  );
  const code = withoutComments.replaceAll(commentOrString, "''");
  return { path, code, imports: [...statements, ...dynamic] };
}

/** Every chain of value imports that leads back to its start: each as the modules on it, `a → b → a`. */
export function findCycles({ modules }: ModuleGraph): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, chain: readonly string[]): void => {
    const start = chain.indexOf(path);
    if (start !== -1) {
      cycles.push([...chain.slice(start), path].join(' → '));
      return;
    }
    if (finished.has(path)) return;
    for (const target of valueTargets(modules.get(path))) visit(target, [...chain, path]);
    finished.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  return cycles;
}

/** Modules of the project that run when `path` is loaded, itself first. */
export function reachableFrom({ modules }: ModuleGraph, path: string): string[] {
  const seen = new Set([path]);
  for (const current of seen) for (const target of valueTargets(modules.get(current))) seen.add(target);
  return [...seen];
}

const commentOrString = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
const importStatement = /^(?:import|export)\b(\s+type\b)?([^;'"]*?)(?:\bfrom\s+)?'([^'\n]+)'/gm;
const dynamicImport = /\bimport\(\s*'([^'\n]+)'/g;

function onlyTypes(clause: string | undefined): boolean {
  const names = /^\s*\{([^}]*)\}\s*$/.exec(clause ?? '')?.[1];
  const parts =
    names
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '') ?? [];
  return parts.length > 0 && parts.every((name) => name.startsWith('type '));
}

function describeImport(from: string, specifier: string, typeOnly: boolean): ModuleImport {
  if (!specifier.startsWith('.')) return { specifier, typeOnly };
  return { specifier, typeOnly, target: posix.join(posix.dirname(from), specifier) };
}

function valueTargets(module: Module | undefined): string[] {
  return (module?.imports ?? []).flatMap(({ target, typeOnly }) => (target === undefined || typeOnly ? [] : [target]));
}

const toSlashes = (path: string): string => path.replaceAll('\\', '/');
