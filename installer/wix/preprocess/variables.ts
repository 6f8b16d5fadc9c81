/** Variables of the preprocessor: `$(var.NAME)`, `$(env.NAME)`, `$(sys.NAME)`; `$$(` stands for a literal `$(`. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import { badVariableReference, undefinedVariable } from '../diagnostics.ts';

export type Architecture = 'x86' | 'x64' | 'arm64';

export interface PreprocessorSettings {
  /** Variables given from outside (`-d name=value`). */
  readonly variables: ReadonlyMap<string, string>;
  /** The environment; names are found in any letter case, as on Windows. */
  readonly environment: ReadonlyMap<string, string>;
  readonly architecture: Architecture;
  /** What `$(sys.CURRENTDIR)` stands for, with its final separator. */
  readonly currentDir: string;
}

export class Variables {
  readonly #defined: Map<string, string>;
  readonly #settings: PreprocessorSettings;
  readonly #environment: ReadonlyMap<string, string>;

  constructor(settings: PreprocessorSettings) {
    this.#settings = settings;
    this.#defined = new Map(settings.variables);
    this.#environment = new Map([...settings.environment].map(([name, value]) => [name.toUpperCase(), value]));
  }

  define(name: string, value: string): void {
    this.#defined.set(name, value);
  }

  undefine(name: string): void {
    this.#defined.delete(name);
  }

  /** Value of `var.X`, `env.X`, `sys.X` or a bare `X` (which means `var.X`); undefined when there is none. */
  lookup(reference: string, file: string): string | undefined {
    const dot = reference.indexOf('.');
    const [kind, name] = dot < 0 ? ['var', reference] : [reference.slice(0, dot), reference.slice(dot + 1)];
    if (kind === 'var') return this.#defined.get(name);
    if (kind === 'env') return this.#environment.get(name.toUpperCase());
    return kind === 'sys' ? this.#system(name.toUpperCase(), file) : undefined;
  }

  /** `text` with every reference expanded. A reference that can't be is left as it is and reported. */
  expand(text: string, span: SourceSpan, report: (diagnostic: Diagnostic) => void): string {
    return text.replace(/\$\$\(|\$\(([^()]*)(\([^)]*\)\)?|\)?)/g, (match, reference: string | undefined) => {
      if (reference === undefined) return '$(';
      const problem = referenceProblem(match, reference);
      if (problem !== undefined) {
        report(badVariableReference(span, match, problem));
        return match;
      }
      const value = this.lookup(reference, span.file);
      if (value === undefined) report(undefinedVariable(span, reference, nearestName(reference, this.#known())));
      return value ?? match;
    });
  }

  #known(): Iterable<string> {
    return [...[...this.#defined.keys()].map((name) => `var.${name}`), ...SYSTEM_NAMES.map((name) => `sys.${name}`)];
  }

  #system(name: string, file: string): string | undefined {
    const folder = file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    const values: Readonly<Record<string, string>> = {
      CURRENTDIR: this.#settings.currentDir,
      SOURCEFILEPATH: file,
      SOURCEFILEDIR: folder,
      PLATFORM: this.#settings.architecture,
      BUILDARCH: this.#settings.architecture,
    };
    return values[name];
  }
}

const SYSTEM_NAMES = ['CURRENTDIR', 'SOURCEFILEPATH', 'SOURCEFILEDIR', 'PLATFORM', 'BUILDARCH'];

function referenceProblem(match: string, reference: string): string | undefined {
  if (!match.endsWith(')')) return 'the closing parenthesis is missing';
  if (/\(/.test(match.slice(2)))
    return 'preprocessor functions are not supported, expected "$(var.NAME)", "$(env.NAME)" or "$(sys.NAME)"';
  if (!/^(?:(?:var|env|sys)\.)?[A-Za-z_][\w.()-]*$/.test(reference))
    return 'expected "$(var.NAME)", "$(env.NAME)" or "$(sys.NAME)"';
  return undefined;
}
