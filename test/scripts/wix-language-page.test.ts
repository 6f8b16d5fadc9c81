import { describe, expect, test } from 'vitest';
import { elementCatalogue } from '../../installer/wix/index.ts';
import { attributeNotes, elementNotes } from '../../scripts/lib/wix-language-notes.ts';
import { wixLanguagePage } from '../../scripts/lib/wix-language-page.ts';

describe('wixLanguagePage()', () => {
  const page = wixLanguagePage();

  test('has every element of the catalogue, each with all its attributes', () => {
    for (const { name, attributes } of elementCatalogue.values()) {
      const section = new RegExp(`^## ${name}$([^]*?)(?=^## |(?![^]))`, 'm').exec(page)?.[1];
      if (section === undefined) {
        expect(page).toMatch(new RegExp(`^\\| ${name} \\| .*Sequence`, 'm'));
        continue;
      }
      const listed = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, attribute = '']) => attribute);
      expect(listed.toSorted()).toEqual(Object.keys(attributes).toSorted());
    }
  });

  test('says what is required and what holds when an attribute is absent', () => {
    expect(page).toContain('| `Name` | a text that is not empty | required |  |');
    expect(page).toContain('| `Part` | one of all, first, last | `all` |  |');
  });
});

describe('notes on the WiX language', () => {
  test('are about elements and attributes that the catalogue has', () => {
    const known = [...elementCatalogue.values()].flatMap(({ name, attributes }) => [
      name,
      ...Object.keys(attributes).map((attribute) => `${name}.${attribute}`),
    ]);
    const noted = [...Object.keys(elementNotes), ...Object.keys(attributeNotes)];
    expect(noted.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('name no default where the attribute is required', () => {
    const contradictions = Object.entries(attributeNotes).filter(([name, { default: fallback }]) => {
      const [element = '', attribute = ''] = name.split('.');
      return fallback !== undefined && elementCatalogue.get(element)?.attributes[attribute]?.required === true;
    });
    expect(contradictions.map(([name]) => name)).toEqual([]);
  });
});
