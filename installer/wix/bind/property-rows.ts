/** Properties that follow from the product itself, and the lists of secure, hidden and admin properties. */
import type { LinkedProduct } from '../link/link.ts';
import type { PropertyList } from '../symbols.ts';
import { compareIds } from './compare-ids.ts';
import type { TableBuilder } from './table-builder.ts';

export function addPropertyRows(builder: TableBuilder, linked: LinkedProduct, productCode: string): void {
  const { product } = linked;
  const own: Readonly<Record<string, string | null>> = {
    Manufacturer: product.manufacturer,
    ProductCode: productCode,
    ProductLanguage: String(product.language),
    ProductName: product.name,
    ProductVersion: product.version,
    UpgradeCode: product.upgradeCode,
  };
  for (const [name, value] of Object.entries(own)) {
    if (value !== null) builder.add('Property', { Property: name, Value: value }, product.span);
  }
  for (const [list, properties] of listedProperties(linked)) {
    builder.add('Property', { Property: list, Value: properties.join(';') }, product.span);
  }
}

/** Each list with its properties in WiX's order of identifiers. */
function listedProperties(linked: LinkedProduct): ReadonlyMap<PropertyList, readonly string[]> {
  const lists = new Map<PropertyList, readonly string[]>();
  for (const { list, property } of linked.listedProperties) {
    lists.set(list, [...new Set([...(lists.get(list) ?? []), property])].sort(compareIds));
  }
  return lists;
}
