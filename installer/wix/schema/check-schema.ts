/** Judges an element tree by the catalogue: names, places, attributes, value syntax, text. */
import type { Diagnostic } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import { hasReference } from '../localize/variable-reference.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { XmlAttribute } from '../xml/xml-events.ts';
import { elementCatalogue, parentsOf } from './element-catalogue.ts';
import type { ElementDefinition } from './element-definition.ts';
import { foreignReason, refusedElements } from './refused-elements.ts';

export const WIX_NAMESPACE = 'http://schemas.microsoft.com/wix/2006/wi';

/** All faults of the document at once. An unknown element's content is not looked at: its rules are not known. */
export function checkSchema(root: XmlElement): readonly Diagnostic[] {
  if (root.uri !== WIX_NAMESPACE) {
    const found = root.uri === '' ? 'no namespace was found' : `namespace "${root.uri}" was found`;
    return [problem.wrongRoot(root.span, root.name, `${found}, expected "${WIX_NAMESPACE}"`)];
  }
  if (root.name !== 'Wix') return [problem.wrongRoot(root.span, root.name, 'a source holds a Wix element')];
  return checkElement(root);
}

function checkElement(element: XmlElement): readonly Diagnostic[] {
  const definition = elementCatalogue.get(element.name);
  if (definition === undefined)
    return [problem.unknownElement(element.span, element.name, nearestName(element.name, elementCatalogue.keys()))];
  return [
    ...checkAttributes(element, definition),
    ...(element.text !== '' && !definition.text
      ? [problem.unexpectedText(element.span, element.name, shorten(element.text))]
      : []),
    ...element.children.flatMap((child) => checkChild(child, definition)),
  ];
}

function checkChild(child: XmlElement, parent: ElementDefinition): readonly Diagnostic[] {
  if (child.uri !== WIX_NAMESPACE && !elementCatalogue.has(child.name))
    return [
      problem.foreignNamespace(child.span, child.name, {
        uri: child.uri,
        reason: foreignReason(child.name, child.uri),
      }),
    ];
  if (parent.children.includes(child.name)) return checkElement(child);
  const reason = refusedElements.get(child.name);
  if (reason !== undefined) return [problem.refusedElement(child.span, child.name, reason)];
  if (elementCatalogue.has(child.name)) {
    const parents = parentsOf(child.name);
    return [problem.misplacedElement(child.span, child.name, { parent: parent.name, parents }), ...checkElement(child)];
  }
  const nearest = nearestName(child.name, parent.children) ?? nearestName(child.name, elementCatalogue.keys());
  return [problem.unknownElement(child.span, child.name, nearest)];
}

function checkAttributes(element: XmlElement, definition: ElementDefinition): readonly Diagnostic[] {
  const given = new Set(element.attributes.map(({ name }) => name));
  const missing = Object.entries(definition.attributes)
    .filter(([name, type]) => type.required === true && !given.has(name))
    .map(([name]) => problem.missingAttribute(element.span, element.name, name));
  return [...element.attributes.flatMap((attribute) => checkAttribute(attribute, definition)), ...missing];
}

function checkAttribute(attribute: XmlAttribute, definition: ElementDefinition): readonly Diagnostic[] {
  const { name, value, uri, span } = attribute;
  if (uri !== '')
    return uri === XML_NAMESPACE
      ? []
      : [problem.foreignNamespace(span, name, { uri, reason: foreignReason(name, uri) })];
  const type = Object.hasOwn(definition.attributes, name) ? definition.attributes[name] : undefined;
  if (type === undefined) {
    const nearest = nearestName(name, Object.keys(definition.attributes));
    return [problem.unknownAttribute(span, { element: definition.name, attribute: name, nearest })];
  }
  // A reference is judged with what it stands for; one to a missing translation is reported as such.
  if (type.accepts(value) || (hasReference(value) && (type.immediate !== true || value.includes('!(loc.')))) return [];
  const nearest = type.values === undefined ? undefined : nearestName(value, type.values);
  return [
    problem.badAttributeValue(span, { element: definition.name, attribute: name, value, wanted: type.wanted, nearest }),
  ];
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
