/**
 * Variables of the binder: `!(wix.NAME)` from WixVariable elements, then `!(bind.fileVersion.FILE)` and its like from the
 * files, then `!(bind.property.NAME)` from the properties. They may stand in any text of a linked product.
 */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import { unknownVariable, variableCycle } from '../diagnostics.ts';
import type { LinkedProduct } from '../link/link.ts';
import { replaceReferences, type VariableReference } from '../localize/variable-reference.ts';
import type { ReadFile } from './bound-file.ts';

type Report = (diagnostic: Diagnostic) => void;

/** Resolves `!(wix.NAME)` and `!(wix.NAME=default)`, in the values of other variables too. */
export function resolveWixVariables(product: LinkedProduct, report: Report): LinkedProduct {
  const values = new Map(product.variables.map(({ id, value }) => [id, value]));
  const resolve = (reference: VariableReference, span: SourceSpan, path: readonly string[]): string | undefined => {
    const value = values.get(reference.name) ?? reference.fallback;
    if (value === undefined)
      report(unknownVariable(span, `wix.${reference.name}`, nearestName(reference.name, values.keys())));
    else if (path.includes(reference.name)) report(variableCycle(span, `wix.${reference.name}`));
    else
      return replaceReferences(value, ['wix'], {
        resolve: (inner) => resolve(inner, span, [...path, reference.name]),
      });
    return undefined;
  };
  return mapTexts(product, product.span, (text, span) =>
    replaceReferences(text, ['wix'], { resolve: (reference) => resolve(reference, span, []) }),
  );
}

/** Resolves what is left. Names of files and properties are found in any letter case, as in WiX. */
export function resolveBindVariables(
  product: LinkedProduct,
  files: readonly ReadFile[],
  report: Report,
): LinkedProduct {
  const facts = new Map<string, string>();
  for (const { symbol, version, language } of files) {
    facts.set(`fileversion.${symbol.id}`.toLowerCase(), version ?? '');
    facts.set(`filelanguage.${symbol.id}`.toLowerCase(), language ?? '');
  }
  const withFiles = mapTexts(product, product.span, (text) =>
    replaceReferences(text, ['bind'], { resolve: ({ name }) => facts.get(name.toLowerCase()) }),
  );
  const properties = propertyValues(withFiles);
  const resolve = (reference: VariableReference, span: SourceSpan, path: readonly string[]): string | undefined => {
    const key = reference.name.toLowerCase();
    const value = properties.get(key) ?? reference.fallback;
    if (value === undefined)
      report(
        unknownVariable(span, `bind.${reference.name}`, nearestName(key, [...properties.keys(), ...facts.keys()])),
      );
    else if (path.includes(key)) report(variableCycle(span, `bind.${reference.name}`));
    else
      return replaceReferences(value, ['bind'], {
        resolve: (inner) => resolve(inner, span, [...path, key]),
        last: true,
      });
    return undefined;
  };
  return mapTexts(withFiles, product.span, (text, span) =>
    replaceReferences(text, ['bind'], { resolve: (reference) => resolve(reference, span, []), last: true }),
  );
}

function propertyValues({ product, rows }: LinkedProduct): ReadonlyMap<string, string> {
  const own: readonly (readonly [string, unknown])[] = [
    ['Manufacturer', product.manufacturer],
    ['ProductLanguage', product.language],
    ['ProductName', product.name],
    ['ProductVersion', product.version],
    ['UpgradeCode', product.upgradeCode],
  ];
  const authored = rows
    .filter(({ table }) => table === 'Property')
    .map(({ cells }) => [cells.Property, cells.Value] as const);
  return new Map(
    [...own, ...authored].flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[`property.${name}`.toLowerCase(), String(value)] as const],
    ),
  );
}

/** A copy in which every text has gone through `change`, with the nearest position that its surroundings have. */
function mapTexts<T>(value: T, span: SourceSpan, change: (text: string, span: SourceSpan) => string): T {
  if (typeof value === 'string') return (value.includes('!(') ? change(value, span) : value) as T;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, span, change)) as T;
  if (value === null || typeof value !== 'object') return value;
  const own = 'span' in value ? (value.span as SourceSpan) : span;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'span' ? item : mapTexts(item, own, change)]),
  ) as T;
}
