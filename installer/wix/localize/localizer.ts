/** The strings of the chosen cultures, and their application to an element tree. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { Localization, LocalizedControl, LocalizedString } from './read-localization.ts';
import { replaceReferences } from './variable-reference.ts';

const LIBRARY_CULTURE = 'en-us';

export class Localizer {
  readonly diagnostics: Diagnostic[] = [];
  /** Code page that the first file with one asks for; it takes the place of Product/@Codepage. */
  readonly codePage: number | undefined;
  /** Code page of the library's texts, for a product that names none. */
  readonly libraryCodePage: number | undefined;
  readonly controls: readonly LocalizedControl[];
  readonly #strings = new Map<string, LocalizedString>();

  /**
   * Files are taken culture by culture in the order of `cultures`, then those without a culture; without `cultures`, all
   * in their own order. An earlier string wins over an overridable one. What no file says comes from `library`, in the
   * first of `cultures` that it has, else in English.
   */
  constructor(files: readonly Localization[], cultures: readonly string[], library: readonly Localization[] = []) {
    const wanted = cultures.map((culture) => culture.toLowerCase());
    const ranks = [...wanted, ''];
    const chosen =
      wanted.length === 0 ? files : ranks.flatMap((culture) => files.filter((file) => file.culture === culture));
    const fallbacks = [...wanted, LIBRARY_CULTURE].flatMap((culture) =>
      library.filter((file) => file.culture === culture),
    );
    for (const { strings } of [...chosen, ...fallbacks]) for (const string of strings) this.#add(string);
    this.codePage = chosen.find(({ codePage }) => codePage !== undefined)?.codePage;
    this.libraryCodePage = fallbacks.find(({ codePage }) => codePage !== undefined)?.codePage;
    this.controls = chosen.flatMap(({ controls }) => controls);
  }

  #add(string: LocalizedString): void {
    const present = this.#strings.get(string.id);
    if (present === undefined || (present.overridable && !string.overridable)) this.#strings.set(string.id, string);
    else if (!string.overridable)
      this.diagnostics.push(problem.duplicateSymbol(string.span, { table: 'String', id: string.id }, present.span));
  }

  /** The tree with every `!(loc.NAME)` replaced. Those without a string stay and are reported. */
  localize(element: XmlElement, report: (diagnostic: Diagnostic) => void): XmlElement {
    const replace = (text: string, span: SourceSpan) => this.#replace(text, span, report);
    return {
      ...element,
      attributes: element.attributes.map((attribute) => ({
        ...attribute,
        value: replace(attribute.value, attribute.span),
      })),
      text: replace(element.text, element.span).trim(),
      rawText: replace(element.rawText, element.span),
      children: element.children.map((child) => this.localize(child, report)),
    };
  }

  #replace(text: string, span: SourceSpan, report: (diagnostic: Diagnostic) => void): string {
    return replaceReferences(text, ['loc'], {
      resolve: ({ name }) => {
        const string = this.#strings.get(name);
        if (string === undefined) report(problem.unknownString(span, name, nearestName(name, this.#strings.keys())));
        return string?.text;
      },
    });
  }
}
