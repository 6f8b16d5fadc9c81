import type { AttributeType } from './attribute-types.ts';

/** What the language allows of one element. Where it may stand follows from the `children` lists of the others. */
export interface ElementDefinition {
  readonly name: string;
  readonly attributes: Readonly<Record<string, AttributeType>>;
  readonly children: readonly string[];
  /** Whether it may hold text: a condition, a value. */
  readonly text: boolean;
}

export interface ElementFacts {
  readonly attributes?: Readonly<Record<string, AttributeType>>;
  readonly children?: readonly string[];
  readonly text?: boolean;
}

export function element(name: string, facts: ElementFacts = {}): ElementDefinition {
  return { name, attributes: facts.attributes ?? {}, children: facts.children ?? [], text: facts.text ?? false };
}
