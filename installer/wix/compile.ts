/**
 * The compiler: WiX v3 source texts in, a Windows Installer database out. Pure: it sees files only through the
 * resolver and gives the same output for the same inputs, wherever they lie.
 */
import type { Diagnostic } from '../diagnostic.ts';
import { hasErrors } from '../diagnostic.ts';
import { type Bound, bind } from './bind/bind.ts';
import type { FileResolver, SourceText } from './file-resolver.ts';
import { link } from './link/link.ts';
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
  readonly signal?: AbortSignal;
}

export type CompileResult =
  | ({ readonly ok: true; readonly diagnostics: readonly Diagnostic[] } & Bound)
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Wrong sources never throw: all that a phase can find is in `diagnostics`, and later phases are then not entered. */
export async function compile(sources: readonly SourceText[], options: CompileOptions): Promise<CompileResult> {
  const diagnostics: Diagnostic[] = [];
  const sections: Section[] = [];
  for (const source of sources) {
    const front = await compileSource(source, options);
    diagnostics.push(...front.diagnostics);
    sections.push(...front.sections);
  }
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const linked = link(sections);
  diagnostics.push(...linked.diagnostics);
  if (linked.product === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const result = await bind(linked.product, options);
  diagnostics.push(...result.diagnostics);
  return result.bound === undefined ? { ok: false, diagnostics } : { ok: true, diagnostics, ...result.bound };
}

/** One source through preprocessing, schema check and lowering. */
async function compileSource(
  source: SourceText,
  options: CompileOptions,
): Promise<{ sections: readonly Section[]; diagnostics: readonly Diagnostic[] }> {
  const { events, diagnostics } = await preprocess(source, options, options.files);
  if (hasErrors(diagnostics)) return { sections: [], diagnostics };
  const tree = buildElement(events);
  if (tree.root === undefined) return { sections: [], diagnostics: [...diagnostics, ...tree.diagnostics] };
  const faults = checkSchema(tree.root);
  if (faults.length > 0) return { sections: [], diagnostics: [...diagnostics, ...faults] };
  const lowered = lower(tree.root, options.architecture);
  return { sections: lowered.sections, diagnostics: [...diagnostics, ...lowered.diagnostics] };
}
