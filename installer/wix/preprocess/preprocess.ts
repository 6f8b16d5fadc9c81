/**
 * The WiX v3 preprocessor: runs the directives of a source, splices included files in and expands variables.
 * It works on XML events, so every position stays that of the original file. Source: WiX v3 manual, "Preprocessor".
 */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { FileResolver, SourceText } from '../file-resolver.ts';
import { type DirectiveEvent, readXmlEvents, type XmlEvent } from '../xml/xml-events.ts';
import { type Block, type Branch, groupDirectives } from './directive-blocks.ts';
import { ExpressionError, evaluateExpression } from './expression.ts';
import { type PreprocessorSettings, Variables } from './variables.ts';

export interface Preprocessing {
  readonly events: readonly XmlEvent[];
  readonly diagnostics: readonly Diagnostic[];
}

const DIRECTIVES = [
  'define',
  'undef',
  'include',
  'if',
  'ifdef',
  'ifndef',
  'elseif',
  'else',
  'endif',
  'foreach',
  'endforeach',
  'warning',
  'error',
  'pragma',
];
const NAME = /^\s*(?:var\.)?([A-Za-z_][\w.-]*)\s*$/;

/** Never throws for a wrong source; whatever is wrong is in `diagnostics`, and the events are then incomplete. */
export async function preprocess(
  source: SourceText,
  settings: PreprocessorSettings,
  files: FileResolver,
): Promise<Preprocessing> {
  const run = new Run(new Variables(settings), files);
  try {
    await run.file(source, false);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    run.diagnostics.push(problem.tooLarge(error.span, MAX_STEPS));
  }
  return { events: run.events, diagnostics: run.diagnostics };
}

/** Steps of one source: loops in loops and files that include others twice grow without bound otherwise. */
const MAX_STEPS = 2_000_000;

class TooLarge extends Error {
  readonly span: SourceSpan;
  constructor(span: SourceSpan) {
    super('The preprocessed source is too large');
    this.name = 'TooLarge';
    this.span = span;
  }
}

class Run {
  readonly events: XmlEvent[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #variables: Variables;
  readonly #files: FileResolver;
  readonly #including: string[] = [];
  #steps = 0;

  constructor(variables: Variables, files: FileResolver) {
    this.#variables = variables;
    this.#files = files;
  }

  async file(source: SourceText, included: boolean): Promise<void> {
    const reading = readXmlEvents(source);
    const { blocks, diagnostics } = groupDirectives(reading.events);
    this.diagnostics.push(...reading.diagnostics);
    // After an XML error the structure is cut off anywhere: complaints about it would only repeat the first.
    if (reading.diagnostics.length > 0) return;
    this.diagnostics.push(...diagnostics);
    this.#including.push(source.file);
    await this.#blocks(included ? this.#withoutInclude(blocks) : blocks);
    this.#including.pop();
  }

  /** Drops the `Include` element around an included file's content. */
  #withoutInclude(blocks: readonly Block[]): readonly Block[] {
    const isTag = (block: Block) =>
      block.kind === 'event' && (block.event.kind === 'open' || block.event.kind === 'close');
    const first = blocks.findIndex(isTag);
    const last = blocks.findLastIndex(isTag);
    const root = blocks[first];
    if (root?.kind === 'event' && root.event.kind === 'open' && root.event.name !== 'Include') {
      this.diagnostics.push(
        problem.wrongRoot(root.event.span, root.event.name, 'an included file holds an Include element'),
      );
    }
    return blocks.filter((_, index) => index !== first && index !== last);
  }

  async #blocks(blocks: readonly Block[]): Promise<void> {
    for (const block of blocks) {
      this.#steps += 1;
      const [at] =
        block.kind === 'choice'
          ? block.branches.map(({ directive }) => directive)
          : block.kind === 'loop'
            ? [block.directive]
            : [block.event];
      if (this.#steps > MAX_STEPS && at !== undefined) throw new TooLarge(at.span);
      if (block.kind === 'choice') await this.#choice(block.branches);
      else if (block.kind === 'loop') await this.#loop(block.directive, block.body);
      else if (block.event.kind === 'directive') await this.#directive(block.event);
      else this.events.push(this.#expandEvent(block.event));
    }
  }

  #expandEvent(event: XmlEvent): XmlEvent {
    if (event.kind === 'text') return { ...event, text: this.#expand(event.text, event) };
    if (event.kind !== 'open') return event;
    return {
      ...event,
      attributes: event.attributes.map((attribute) => ({
        ...attribute,
        value: this.#expand(attribute.value, attribute),
      })),
    };
  }

  #expand(text: string, at: { readonly span: DirectiveEvent['span'] }): string {
    if (!text.includes('$')) return text;
    return this.#variables.expand(text, at.span, (diagnostic) => this.diagnostics.push(diagnostic));
  }

  async #choice(branches: readonly Branch[]): Promise<void> {
    for (const branch of branches) {
      if (!this.#holds(branch.directive)) continue;
      await this.#blocks(branch.body);
      return;
    }
  }

  #holds(directive: DirectiveEvent): boolean {
    const { name, body, span } = directive;
    if (name === 'else') return true;
    if (name === 'ifdef' || name === 'ifndef') {
      const variable = /^\s*\$?\(?\s*([\w.-]+)\s*\)?\s*$/.exec(body)?.[1];
      if (variable === undefined)
        this.diagnostics.push(problem.malformedDirective(span, name, 'expected one variable name'));
      return (this.#variables.lookup(variable ?? '', span.file) !== undefined) === (name === 'ifdef');
    }
    try {
      return evaluateExpression(body, {
        expand: (text) => this.#expand(text, directive),
        isDefined: (reference) => this.#variables.lookup(reference, span.file) !== undefined,
      });
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.diagnostics.push(problem.badExpression(span, body.trim(), error.message));
      return false;
    }
  }

  async #loop(directive: DirectiveEvent, body: readonly Block[]): Promise<void> {
    const match = /^\s*([A-Za-z_][\w.-]*)\s+in\s+(.*)$/s.exec(directive.body);
    const [, name, list] = match ?? [];
    if (name === undefined || list === undefined) {
      this.diagnostics.push(problem.malformedDirective(directive.span, 'foreach', 'expected "NAME in a;b;c"'));
      return;
    }
    // As in WiX, the variable keeps its last value after the loop.
    for (const value of unquote(this.#expand(list.trim(), directive)).split(';')) {
      this.#variables.define(name, value);
      await this.#blocks(body);
    }
  }

  async #directive(event: DirectiveEvent): Promise<void> {
    const { name, span } = event;
    if (name === 'define') this.#define(event);
    else if (name === 'undef') this.#undefine(event);
    else if (name === 'include') await this.#include(event);
    else if (name === 'error')
      this.diagnostics.push(problem.authoredError(span, this.#expand(unquote(event.body), event)));
    else if (name === 'warning')
      this.diagnostics.push(problem.authoredWarning(span, this.#expand(unquote(event.body), event)));
    else if (name === 'pragma') this.diagnostics.push(problem.ignoredPragma(span, event.body.trim()));
    else if (!name.startsWith('xml'))
      this.diagnostics.push(problem.unknownDirective(span, name, nearestName(name, DIRECTIVES)));
  }

  #define(event: DirectiveEvent): void {
    const equals = event.body.indexOf('=');
    const name = NAME.exec(equals < 0 ? event.body : event.body.slice(0, equals))?.[1];
    if (name === undefined) {
      this.diagnostics.push(problem.malformedDirective(event.span, 'define', 'expected "NAME" or "NAME = value"'));
      return;
    }
    const value = equals < 0 ? '' : this.#expand(unquote(event.body.slice(equals + 1)), event);
    const earlier = this.#variables.lookup(`var.${name}`, event.span.file);
    if (earlier !== undefined && earlier !== value)
      this.diagnostics.push(problem.redefinedVariable(event.span, name, { earlier, value }));
    this.#variables.define(name, value);
  }

  #undefine(event: DirectiveEvent): void {
    const name = NAME.exec(event.body)?.[1];
    if (name === undefined)
      this.diagnostics.push(problem.malformedDirective(event.span, 'undef', 'expected one variable name'));
    else if (!this.#variables.undefine(name))
      this.diagnostics.push(problem.undefinedVariable(event.span, `var.${name}`));
  }

  async #include(event: DirectiveEvent): Promise<void> {
    const path = this.#expand(unquote(event.body), event);
    const source = path === '' ? undefined : await this.#files.resolveInclude(path, event.span.file);
    if (source === undefined) this.diagnostics.push(problem.includeNotFound(event.span, path));
    else if (this.#including.includes(source.file)) this.diagnostics.push(problem.includeCycle(event.span, path));
    else await this.file(source, true);
  }
}

/** The text without surrounding blanks and one pair of quotes. */
function unquote(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed.charAt(0);
  return trimmed.length > 1 && (quote === '"' || quote === "'") && trimmed.endsWith(quote)
    ? trimmed.slice(1, -1)
    : trimmed;
}
