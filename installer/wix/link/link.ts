/**
 * Sections to one product: finds what the product refers to, brings in the fragments that define it, and works out which
 * features every component belongs to.
 */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { LocalizedControl } from '../localize/read-localization.ts';
import {
  createSection,
  type FeatureSymbol,
  type PackageSymbol,
  type ProductSymbol,
  type Section,
  type SymbolName,
  type VariableSymbol,
} from '../symbols.ts';
import { FeatureMembership } from './feature-membership.ts';
import { localizeControls } from './localized-controls.ts';

export interface LinkedProduct extends Section {
  readonly product: ProductSymbol;
  readonly package: PackageSymbol;
  readonly features: FeatureSymbol[];
  readonly featureComponents: readonly { readonly feature: string; readonly component: string }[];
}

/** What localization files say of the product as a whole. */
export interface LinkedLocalization {
  readonly codePage?: number | undefined;
  /** For a product that has no code page of its own. */
  readonly fallbackCodePage?: number | undefined;
  readonly controls: readonly LocalizedControl[];
}

export interface Linked {
  /** Absent when the sections do not make a product. */
  readonly product?: LinkedProduct;
  readonly diagnostics: readonly Diagnostic[];
}

export function link(sections: readonly Section[], localization: LinkedLocalization = { controls: [] }): Linked {
  const diagnostics: Diagnostic[] = [];
  const entries = sections.filter(({ kind }) => kind === 'product');
  const [entry, ...others] = entries;
  for (const other of others) diagnostics.push(problem.severalProducts(other.span));
  if (entry === undefined) return { diagnostics: [problem.noProduct()] };
  const index = indexNames(sections, diagnostics);
  const reachable = reach(entry, index, diagnostics);
  for (const section of reachable) diagnostics.push(...section.deferred);
  const merged = merge(sections.filter((section) => reachable.has(section)));
  const variables = chooseVariables(merged.variables, diagnostics);
  const membership = new FeatureMembership(merged.memberships);
  const featureComponents = connect(merged, membership, diagnostics);
  const features = merged.features.map((feature) => ({ ...feature, parent: membership.parentOf(feature.id) }));
  diagnostics.push(...membership.diagnostics);
  diagnostics.push(...parentCycles('Directory', merged.directories), ...parentCycles('Feature', features));
  if (merged.product === undefined || merged.package === undefined) return { diagnostics };
  return {
    product: {
      ...merged,
      rows: [...localizeControls(merged.rows, localization.controls)],
      product: { ...merged.product, codePage: chooseCodePage(merged.product.codePage, localization) },
      package: merged.package,
      features,
      featureComponents,
      variables,
    },
    diagnostics,
  };
}

function chooseCodePage(own: number, { codePage, fallbackCodePage }: LinkedLocalization): number {
  return codePage ?? (own === 0 ? (fallbackCodePage ?? 0) : own);
}

interface Definition {
  readonly section: Section;
  readonly name: SymbolName;
}

type NameIndex = ReadonlyMap<string, ReadonlyMap<string, Definition>>;

/** Every defined name by table and id. A second authored definition of a name is an error. */
function indexNames(sections: readonly Section[], diagnostics: Diagnostic[]): NameIndex {
  const index = new Map<string, Map<string, Definition>>();
  for (const section of sections) {
    for (const name of section.names) {
      const table = index.get(name.table) ?? new Map<string, Definition>();
      index.set(name.table, table);
      const first = table.get(name.id);
      if (first === undefined || (first.name.implied && !name.implied)) table.set(name.id, { section, name });
      else if (!name.implied) diagnostics.push(problem.duplicateSymbol(name.span, name, first.name.span));
    }
  }
  return index;
}

/** The product's section and, transitively, those that define what it refers to. */
function reach(entry: Section, index: NameIndex, diagnostics: Diagnostic[]): ReadonlySet<Section> {
  const reachable = new Set([entry]);
  for (const section of reachable) {
    for (const reference of section.references) {
      if (reference.table.startsWith('Action/')) continue;
      const table = index.get(reference.table);
      const definition = table?.get(reference.id);
      if (definition === undefined) {
        diagnostics.push(
          problem.unresolvedReference(reference.span, reference, nearestName(reference.id, table?.keys() ?? [])),
        );
      } else reachable.add(definition.section);
    }
  }
  return reachable;
}

function merge(sections: readonly Section[]): Section {
  const first = sections.find(({ kind }) => kind === 'product');
  const merged = createSection('product', first?.span ?? { file: '', line: 1, column: 1 });
  for (const section of sections) {
    if (section.product !== undefined) merged.product = section.product;
    if (section.package !== undefined) merged.package = section.package;
    if (section.mediaTemplate !== undefined) merged.mediaTemplate = section.mediaTemplate;
    merged.names.push(...section.names);
    merged.references.push(...section.references);
    merged.rows.push(...section.rows);
    merged.directories.push(...section.directories);
    merged.components.push(...section.components);
    merged.files.push(...section.files);
    merged.media.push(...section.media);
    merged.features.push(...section.features);
    merged.memberships.push(...section.memberships);
    merged.actions.push(...section.actions);
    merged.listedProperties.push(...section.listedProperties);
    merged.ensuredTables.push(...section.ensuredTables);
    merged.variables.push(...section.variables);
    merged.customTables.push(...section.customTables);
  }
  return merged;
}

/** One symbol per variable: an overridable one gives way. */
function chooseVariables(variables: readonly VariableSymbol[], diagnostics: Diagnostic[]): VariableSymbol[] {
  const chosen = new Map<string, VariableSymbol>();
  for (const variable of variables) {
    const other = chosen.get(variable.id);
    if (other === undefined || (other.overridable && !variable.overridable)) chosen.set(variable.id, variable);
    else if (!variable.overridable)
      diagnostics.push(problem.duplicateSymbol(variable.span, { table: 'WixVariable', id: variable.id }, other.span));
  }
  return [...chosen.values()];
}

function connect(
  merged: Section,
  membership: FeatureMembership,
  diagnostics: Diagnostic[],
): LinkedProduct['featureComponents'] {
  return merged.components.flatMap((component) => {
    const features = membership.featuresOf({ kind: 'Component', id: component.id });
    if (features.length === 0) diagnostics.push(problem.orphanedComponent(component.span, component.id));
    return features.map((feature) => ({ feature, component: component.id }));
  });
}

/** Nodes that a walk up the parents comes back to. References across fragments can tie such a knot. */
function parentCycles(
  table: string,
  nodes: readonly { readonly id: string; readonly parent: string | null; readonly span: SourceSpan }[],
): readonly Diagnostic[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const safe = new Set<string>();
  return nodes.flatMap((node) => {
    const path = new Set<string>();
    for (let at = byId.get(node.id); at !== undefined && !safe.has(at.id); at = byId.get(at.parent ?? '')) {
      if (path.has(at.id)) return at === node ? [problem.parentCycle(node.span, { table, id: node.id })] : [];
      path.add(at.id);
    }
    for (const id of path) safe.add(id);
    return [];
  });
}
