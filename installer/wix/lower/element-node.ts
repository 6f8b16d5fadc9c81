import type { SourceSpan } from '../../diagnostic.ts';
import type { XmlElement } from '../xml/xml-element.ts';

/** An element the schema has accepted, with typed access to its attributes. */
export class ElementNode {
  readonly name: string;
  readonly span: SourceSpan;
  readonly text: string;
  /** The text with the blanks around it: what a message shows. */
  readonly rawText: string;
  readonly #element: XmlElement;
  readonly #values: ReadonlyMap<string, string>;

  constructor(element: XmlElement) {
    this.#element = element;
    this.name = element.name;
    this.span = element.span;
    this.text = element.text;
    this.rawText = element.rawText;
    this.#values = new Map(element.attributes.map(({ name, value }) => [name, value]));
  }

  get children(): readonly ElementNode[] {
    return this.#element.children.map((child) => new ElementNode(child));
  }

  childrenNamed(name: string): readonly ElementNode[] {
    return this.children.filter((child) => child.name === name);
  }

  get attributeNames(): readonly string[] {
    return [...this.#values.keys()];
  }

  has(attribute: string): boolean {
    return this.#values.has(attribute);
  }

  /** The value as written; undefined when absent. */
  get(attribute: string): string | undefined {
    return this.#values.get(attribute);
  }

  /** The value, or null when absent or empty: what a nullable column takes. */
  orNull(attribute: string): string | null {
    return this.#values.get(attribute) || null;
  }

  /** A required attribute's value; the schema has seen to it that there is one. */
  need(attribute: string): string {
    return this.#values.get(attribute) ?? '';
  }

  yes(attribute: string, fallback = false): boolean {
    const value = this.#values.get(attribute);
    return value === undefined ? fallback : value === 'yes' || value === 'true';
  }

  integer(attribute: string): number | undefined {
    const value = this.#values.get(attribute);
    return value === undefined ? undefined : Number(value);
  }

  /** Place of an attribute, or of the element when it is absent. */
  spanOf(attribute: string): SourceSpan {
    return this.#element.attributes.find(({ name }) => name === attribute)?.span ?? this.span;
  }

  /** The text as a condition: blanks and line ends around it are gone; null when there is none. */
  get condition(): string | null {
    return this.text === '' ? null : this.text;
  }
}
