/**
 * Variables of the preprocessor: `$(var.NAME)`, `$(env.NAME)`, `$(sys.NAME)`, the function `$(fun.AutoVersion(1.2))`;
 * `$$` stands for a literal `$`. Source: WiX v3 manual, "Preprocessor".
 */
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
  /** Seconds since 1970: the time that `$(fun.AutoVersion(1.2))` takes, so that a build can be repeated. */
  readonly sourceDateEpoch: number;
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

  /** False when there was nothing to undefine. */
  undefine(name: string): boolean {
    return this.#defined.delete(name);
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
    return text.replace(REFERENCE, (match, body: string | undefined, unclosed: string | undefined) => {
      if (match === '$$') return '$';
      // `$(loc.X)` is an old spelling of `!(loc.X)`, which the localizer resolves.
      if (body?.startsWith('loc.')) return `!(${body})`;
      if (unclosed !== undefined || body === undefined) {
        report(badVariableReference(span, match, 'the closing parenthesis is missing'));
        return match;
      }
      const value = this.#value(body, { span, report });
      return value ?? match;
    });
  }

  #value(
    body: string,
    at: { readonly span: SourceSpan; readonly report: (diagnostic: Diagnostic) => void },
  ): string | undefined {
    if (!WELL_FORMED.test(body)) {
      at.report(badVariableReference(at.span, `$(${body})`, WANTED));
      return undefined;
    }
    // A name may hold parentheses too: $(env.ProgramFiles(x86)).
    const call = CALL.exec(body);
    const value = this.lookup(body, at.span.file);
    if (value !== undefined) return value;
    if (call?.[1] === 'fun') return this.#call(body, { name: call[2] ?? '', argument: call[3] ?? '', ...at });
    at.report(undefinedVariable(at.span, body, nearestName(body, this.#known())));
    return undefined;
  }

  /** The one function of WiX itself: a version of its argument, the day since 2000 and half the second of the day. */
  #call(
    body: string,
    at: {
      readonly name: string;
      readonly argument: string;
      readonly span: SourceSpan;
      readonly report: (diagnostic: Diagnostic) => void;
    },
  ): string | undefined {
    const base = this.expand(at.argument.trim(), at.span, at.report);
    if (at.name !== 'AutoVersion' || base === '') {
      const wanted =
        at.name === 'AutoVersion' ? 'it needs a version to begin with' : 'the only function is "fun.AutoVersion(1.2)"';
      at.report(badVariableReference(at.span, `$(${body})`, wanted));
      return undefined;
    }
    const seconds = this.#settings.sourceDateEpoch - Date.UTC(2000, 0, 1) / 1000;
    return `${base}.${Math.floor(seconds / DAY)}.${Math.floor((((seconds % DAY) + DAY) % DAY) / 2)}`;
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

const DAY = 24 * 60 * 60;
const SYSTEM_NAMES = ['CURRENTDIR', 'SOURCEFILEPATH', 'SOURCEFILEDIR', 'PLATFORM', 'BUILDARCH'];
/** `$$`, `$(name)` with one level of parentheses inside, or a `$(` that is never closed. */
const REFERENCE = /\$\$|\$\(((?:[^()]|\([^()]*\))*)\)|(\$\()/g;
const WELL_FORMED = /^(?:(?:var|env|sys|fun)\.)?[A-Za-z_][^\s]*/;
const CALL = /^(\w+)\.([\w.]+)\((.*)\)$/s;
const WANTED = 'expected "$(var.NAME)", "$(env.NAME)", "$(sys.NAME)" or "$(fun.AutoVersion(1.2))"';
