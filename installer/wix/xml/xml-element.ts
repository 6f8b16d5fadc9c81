import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { malformedXml } from '../diagnostics.ts';
import { qualifiedName } from '../schema/refused-elements.ts';
import type { XmlAttribute, XmlEvent } from './xml-events.ts';

/** An element after preprocessing: variables are expanded, directives are gone, positions are those of the author. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** All direct text, trimmed. */
  readonly text: string;
  /** The same with its blanks: what a message or a dialog shows. */
  readonly rawText: string;
  readonly span: SourceSpan;
}

interface OpenElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly span: SourceSpan;
  readonly children: XmlElement[];
  text: string;
}

/** Builds the tree. Directives that cut across elements can leave it unbalanced; that is reported at the element. */
export function buildElement(events: readonly XmlEvent[]): { root?: XmlElement; diagnostics: readonly Diagnostic[] } {
  const stack: OpenElement[] = [];
  let root: XmlElement | undefined;
  for (const event of events) {
    const top = stack.at(-1);
    if (event.kind === 'open') {
      stack.push({
        name: qualifiedName(event.name, event.uri),
        uri: event.uri,
        attributes: event.attributes,
        span: event.span,
        children: [],
        text: '',
      });
    } else if (event.kind === 'text') {
      if (top !== undefined) top.text += event.text;
    } else if (event.kind === 'close') {
      const open = stack.pop();
      if (open === undefined)
        return {
          diagnostics: [malformedXml(event.span, 'an end tag without its start tag remains after preprocessing')],
        };
      const element: XmlElement = { ...open, text: open.text.trim(), rawText: open.text };
      const parent = stack.at(-1);
      if (parent !== undefined) parent.children.push(element);
      else root = element;
    }
  }
  const unclosed = stack.at(-1);
  if (unclosed === undefined) return root === undefined ? { diagnostics: [] } : { root, diagnostics: [] };
  return { diagnostics: [malformedXml(unclosed.span, `element "${unclosed.name}" is not closed after preprocessing`)] };
}
