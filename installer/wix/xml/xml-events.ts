/**
 * XML text to a list of events with the position of every element, attribute and directive in the original text.
 * Well-formedness is judged by saxes. Document types are refused, so there are no entities beyond the five of XML.
 */
import { SaxesParser } from 'saxes';
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { malformedXml } from '../diagnostics.ts';
import type { SourceText } from '../file-resolver.ts';
import { createLineIndex } from './line-index.ts';

export interface XmlAttribute {
  readonly name: string;
  /** Empty for an attribute without prefix. */
  readonly uri: string;
  readonly value: string;
  readonly span: SourceSpan;
}

export interface OpenEvent {
  readonly kind: 'open';
  readonly name: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly span: SourceSpan;
}

export interface DirectiveEvent {
  readonly kind: 'directive';
  readonly name: string;
  readonly body: string;
  readonly span: SourceSpan;
}

export type XmlEvent =
  | OpenEvent
  | DirectiveEvent
  | { readonly kind: 'close'; readonly span: SourceSpan }
  | { readonly kind: 'text'; readonly text: string; readonly literal: boolean; readonly span: SourceSpan };

export interface XmlReading {
  readonly events: readonly XmlEvent[];
  readonly diagnostics: readonly Diagnostic[];
}

/** No sensible source comes near it: a path of so many folders would not fit into Windows. It bounds recursion. */
const MAX_DEPTH = 250;
const XMLNS = 'http://www.w3.org/2000/xmlns/';
/** A name begins where no name went before: tried again at each of its letters, a long one would cost its square. */
const ATTRIBUTE = /(?<![^\s=<>"'/])([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')/g;

/** Reads `source`. At the first XML error it stops: what follows could not be trusted. */
export function readXmlEvents(source: SourceText): XmlReading {
  const events: XmlEvent[] = [];
  const diagnostics: Diagnostic[] = [];
  // A byte order mark is allowed before the declaration and takes no column.
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text;
  const index = createLineIndex(source.file, text);
  const parser = new SaxesParser({ xmlns: true, position: true });
  let tagStart = 0;
  let depth = 0;

  parser.on('error', (error) => {
    throw new XmlError(error.message.replace(/^(?:[^:]*:)?\d+:\d+:\s*/, ''), parser.position);
  });
  parser.on('doctype', () => {
    throw new XmlError('a document type was found, none is allowed', parser.position - 1);
  });
  parser.on('opentagstart', () => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new XmlError(`elements are nested more than ${MAX_DEPTH} deep`, parser.position);
    tagStart = text.lastIndexOf('<', parser.position - 2);
  });
  parser.on('opentag', (tag) => {
    const places = attributePlaces(text.slice(tagStart, parser.position));
    const attributes = Object.entries(tag.attributes)
      .filter(([, attribute]) => attribute.uri !== XMLNS)
      .map(([name, attribute]) => ({
        name: attribute.local,
        uri: attribute.uri,
        value: attribute.value,
        span: index.span(tagStart + (places.get(name) ?? 0)),
      }));
    events.push({ kind: 'open', name: tag.local, uri: tag.uri, attributes, span: index.span(tagStart) });
  });
  parser.on('closetag', () => {
    depth -= 1;
    events.push({ kind: 'close', span: index.span(Math.max(0, parser.position - 1)) });
  });
  parser.on('text', (value) => {
    events.push({ kind: 'text', text: value, literal: false, span: index.span(Math.max(0, parser.position - 1)) });
  });
  parser.on('cdata', (value) => {
    events.push({ kind: 'text', text: value, literal: true, span: index.span(Math.max(0, parser.position - 1)) });
  });
  parser.on('processinginstruction', ({ target, body }) => {
    const start = text.lastIndexOf('<?', parser.position - 2);
    events.push({ kind: 'directive', name: target, body, span: index.span(start) });
  });

  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    diagnostics.push(malformedXml(index.span(Math.min(Math.max(0, error.offset - 1), text.length)), error.message));
  }
  return { events, diagnostics };
}

class XmlError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'XmlError';
    this.offset = offset;
  }
}

/** Offset of each attribute within the text of a tag that the parser has found well-formed. */
function attributePlaces(tag: string): ReadonlyMap<string, number> {
  return new Map([...tag.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', match.index]));
}
