/** Complaints of XML and schema: WIX2xxx. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { error, hint } from './make.ts';

export function malformedXml(span: SourceSpan, found: string): Diagnostic {
  return error('WIX2001', span, `Cannot parse the XML: ${found}`);
}
export function wrongRoot(span: SourceSpan, name: string, wanted: string): Diagnostic {
  return error('WIX2002', span, `Cannot read the document element "${name}": ${wanted}`);
}
export function unknownElement(span: SourceSpan, name: string, nearest?: string): Diagnostic {
  return error('WIX2003', span, `Cannot compile element "${name}": unknown element${hint(nearest)}`);
}
export function misplacedElement(
  span: SourceSpan,
  name: string,
  at: { parent: string; parents: readonly string[] },
): Diagnostic {
  const allowed = at.parents.length === 0 ? 'it is a document element' : `it belongs in ${at.parents.join(', ')}`;
  return error('WIX2004', span, `Cannot place element "${name}" in "${at.parent}": ${allowed}`);
}
export function unknownAttribute(
  span: SourceSpan,
  at: { element: string; attribute: string; nearest?: string | undefined },
): Diagnostic {
  return error(
    'WIX2005',
    span,
    `Cannot use attribute "${at.attribute}" on "${at.element}": unknown attribute${hint(at.nearest)}`,
  );
}
export function missingAttribute(span: SourceSpan, element: string, attribute: string): Diagnostic {
  return error('WIX2006', span, `Cannot compile element "${element}": attribute "${attribute}" is missing`);
}
export function badAttributeValue(
  span: SourceSpan,
  at: { element: string; attribute: string; value: string; wanted: string; nearest?: string | undefined },
): Diagnostic {
  const subject = `"${at.value}" as ${at.element}/@${at.attribute}`;
  return error('WIX2007', span, `Cannot use ${subject}: expected ${at.wanted}${hint(at.nearest)}`);
}
export function unexpectedText(span: SourceSpan, element: string, text: string): Diagnostic {
  return error('WIX2008', span, `Cannot use text "${text}" in "${element}": the element takes no text`);
}
export function foreignNamespace(span: SourceSpan, name: string, at: { uri: string; reason: string }): Diagnostic {
  return error('WIX2009', span, `Cannot compile "${name}" of namespace "${at.uri}": ${at.reason}`);
}
export function refusedElement(span: SourceSpan, name: string, reason: string): Diagnostic {
  return error('WIX2011', span, `Cannot compile element "${name}": ${reason}`);
}
export function missingChild(span: SourceSpan, element: string, wanted: string): Diagnostic {
  return error('WIX2010', span, `Cannot compile element "${element}": ${wanted}`);
}
