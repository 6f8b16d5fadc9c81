/**
 * The compiler: WiX v3 source texts in, a Windows Installer database out. Pure: it sees files only through the
 * resolver and gives the same output for the same inputs, wherever they lie.
 */
import type { Diagnostic } from '../diagnostic.ts';
import { hasErrors } from '../diagnostic.ts';
import { type Bound, bind } from './bind/bind.ts';
import type { FileResolver, SourceText } from './file-resolver.ts';
import { link } from './link/link.ts';
import { Localizer } from './localize/localizer.ts';
import { type Localization, readLocalization } from './localize/read-localization.ts';
import { lower } from './lower/lower.ts';
import { preprocess } from './preprocess/preprocess.ts';
import type { Architecture } from './preprocess/variables.ts';
import { checkSchema } from './schema/check-schema.ts';
import type { Section } from './symbols.ts';
import { buildElement } from './xml/xml-element.ts';

export interface CompileOptions {
  readonly files: FileResolver;
  readonly variables: ReadonlyMap<string, string>;
  readonly environment: ReadonlyMap<string, string>;
  readonly architecture: Architecture;
  /** What `$(sys.CURRENTDIR)` stands for, with its final separator. */
  readonly currentDir: string;
  /** Seconds since 1970 for every time in the output. */
  readonly sourceDateEpoch: number;
  readonly application: string;
  /** Localization files (`.wxl`). */
  readonly localizations?: readonly SourceText[];
  /** Cultures such as `zh-cn`, the most wanted one first; all localization files in their order when there are none. */
  readonly cultures?: readonly string[];
  readonly signal?: AbortSignal;
}

export type CompileResult =
  | ({ readonly ok: true; readonly diagnostics: readonly Diagnostic[] } & Bound)
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Wrong sources never throw: all that a phase can find is in `diagnostics`, and later phases are then not entered. */
export async function compile(sources: readonly SourceText[], options: CompileOptions): Promise<CompileResult> {
  const diagnostics: Diagnostic[] = [];
  const localizations = (options.localizations ?? []).flatMap((source) => readInto(source, diagnostics));
  const localizer = new Localizer(localizations, options.cultures ?? []);
  diagnostics.push(...localizer.diagnostics);
  const sections: Section[] = [];
  for (const source of sources) {
    const front = await compileSource(source, localizer, options);
    diagnostics.push(...front.diagnostics);
    sections.push(...front.sections);
  }
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const library = await compileLibrary(sections, localizations, options);
  diagnostics.push(...library.diagnostics);
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const linked = link([...sections, ...library.sections], {
    controls: localizer.controls,
    codePage: localizer.codePage,
    fallbackCodePage: library.codePage,
  });
  diagnostics.push(...linked.diagnostics);
  if (linked.product === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const result = await bind(linked.product, options);
  diagnostics.push(...result.diagnostics);
  return result.bound === undefined ? { ok: false, diagnostics } : { ok: true, diagnostics, ...result.bound };
}

interface CompiledLibrary {
  readonly sections: readonly Section[];
  readonly codePage?: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The fragments of the library of dialogs that the sources refer to; the linker takes what it needs of them. */
async function compileLibrary(
  sections: readonly Section[],
  localizations: readonly Localization[],
  options: CompileOptions,
): Promise<CompiledLibrary> {
  const own = new Set(sections.flatMap(({ names }) => names.filter(isUi).map(({ id }) => id)));
  const wanted = sections.flatMap(({ references }) => references.filter((name) => isUi(name) && !own.has(name.id)));
  for (const { id } of wanted) {
    const library = await options.files.resolveUi?.(id);
    if (library === undefined) continue;
    const diagnostics: Diagnostic[] = [];
    const texts = library.localizations.flatMap((source) => readInto(source, diagnostics));
    const localizer = new Localizer(localizations, options.cultures ?? [], texts);
    const found: Section[] = [];
    for (const source of library.sources) {
      const front = await compileSource(source, localizer, options);
      diagnostics.push(...front.diagnostics);
      found.push(...front.sections);
    }
    return { sections: found, codePage: localizer.libraryCodePage, diagnostics };
  }
  return { sections: [], diagnostics: [] };
}

function isUi({ table }: { readonly table: string }): boolean {
  return table === 'WixUI';
}

function readInto(source: SourceText, diagnostics: Diagnostic[]): readonly Localization[] {
  const reading = readLocalization(source);
  diagnostics.push(...reading.diagnostics);
  return reading.localization === undefined ? [] : [reading.localization];
}

/** One source through preprocessing, localization, schema check and lowering. */
async function compileSource(
  source: SourceText,
  localizer: Localizer,
  options: CompileOptions,
): Promise<{ sections: readonly Section[]; diagnostics: readonly Diagnostic[] }> {
  const { events, diagnostics } = await preprocess(source, options, options.files);
  if (hasErrors(diagnostics)) return { sections: [], diagnostics };
  const tree = buildElement(events);
  if (tree.root === undefined) return { sections: [], diagnostics: [...diagnostics, ...tree.diagnostics] };
  // A missing translation counts only where a section is really used: each keeps its own complaints.
  const deferred = tree.root.children.map((): Diagnostic[] => []);
  const root = {
    ...tree.root,
    children: tree.root.children.map((child, index) =>
      localizer.localize(child, (diagnostic) => deferred[index]?.push(diagnostic)),
    ),
  };
  const faults = checkSchema(root);
  if (faults.length > 0) return { sections: [], diagnostics: [...diagnostics, ...faults] };
  const lowered = lower(root, options.architecture);
  for (const [index, section] of lowered.sections.entries()) section.deferred.push(...(deferred[index] ?? []));
  return { sections: lowered.sections, diagnostics: [...diagnostics, ...lowered.diagnostics] };
}
