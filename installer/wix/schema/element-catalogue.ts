/** Every element the compiler knows. What is not here is an error with the nearest known name, never silence. */
import { behaviourElements } from './behaviour-elements.ts';
import { componentResources } from './component-resources.ts';
import type { ElementDefinition } from './element-definition.ts';
import { layoutElements } from './layout-elements.ts';
import { productElements } from './product-elements.ts';
import { registrationElements } from './registration-elements.ts';
import { resourceElements } from './resource-elements.ts';
import { uiElements } from './ui-elements.ts';

const definitions = [
  ...productElements,
  ...layoutElements,
  ...resourceElements,
  ...behaviourElements,
  ...uiElements,
  ...registrationElements,
  ...componentResources,
];

export const elementCatalogue: ReadonlyMap<string, ElementDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);

/** The elements that may hold `name`, in alphabetical order. */
export function parentsOf(name: string): readonly string[] {
  return definitions
    .filter(({ children }) => children.includes(name))
    .map((definition) => definition.name)
    .sort();
}
