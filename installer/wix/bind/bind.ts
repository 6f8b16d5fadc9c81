/** A linked product to the database and the plans of what goes beside or into it. */
import type { Diagnostic } from '../../diagnostic.ts';
import { hasErrors } from '../../diagnostic.ts';
import type { CabinetMember } from '../../formats/cab/index.ts';
import type { MsiCell, MsiDatabase } from '../../formats/msi/index.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { FileResolver } from '../file-resolver.ts';
import type { LinkedProduct } from '../link/link.ts';
import { hasReference } from '../localize/variable-reference.ts';
import { productVersion } from '../schema/attribute-types.ts';
import type { RowSymbol } from '../symbols.ts';
import { sequenceTables } from '../tables/standard-actions.ts';
import { extendedCustomAction, tableCatalogue } from '../tables/table-catalogue.ts';
import type { BoundFile } from './bound-file.ts';
import { packageCode, productCode, summaryInformation } from './codes.ts';
import { componentGuid } from './component-guids.ts';
import { DirectoryPaths } from './directory-paths.ts';
import { reportUnencodable } from './encodable.ts';
import { addFileRows } from './file-rows.ts';
import { layOutMedia, type MediaLayout } from './media.ts';
import { addPropertyRows } from './property-rows.ts';
import { readContent, readPayload } from './read-payload.ts';
import { resolveBindVariables, resolveWixVariables } from './resolve-variables.ts';
import { scheduleSequence } from './schedule.ts';
import { TableBuilder } from './table-builder.ts';

export interface BindOptions {
  readonly files: FileResolver;
  /** Seconds since 1970 for every time in the output. */
  readonly sourceDateEpoch: number;
  /** What the summary names as the creating application. */
  readonly application: string;
  readonly signal?: AbortSignal;
}

/** A cabinet to be written. Its stream or file name is `name`; an embedded one is a stream of the database. */
export interface CabinetPlan {
  readonly name: string;
  readonly embedded: boolean;
  readonly compression: 'mszip' | 'none';
  readonly level?: number;
  readonly members: readonly CabinetMember[];
}

/** A file that lies uncompressed beside the MSI, at `path` (with `\`) relative to it. */
export interface LooseFile {
  readonly path: string;
  readonly file: BoundFile;
}

export interface Bound {
  /** Without the streams of the embedded cabinets: those come from writing `cabinets`. */
  readonly database: MsiDatabase;
  readonly cabinets: readonly CabinetPlan[];
  readonly looseFiles: readonly LooseFile[];
  readonly productCode: string;
  readonly packageCode: string;
  /** Where each payload file was found. */
  readonly payloadFiles: readonly string[];
}

/** Reads every payload file once. `bound` is there only when there are no errors. */
export async function bind(
  linked: LinkedProduct,
  options: BindOptions,
): Promise<{ bound?: Bound; diagnostics: readonly Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const known = resolveWixVariables(linked, report);
  const paths = new DirectoryPaths(known.directories);
  const read = await readPayload(known.files, { files: options.files, paths, report, signal: options.signal });
  const product = resolveBindVariables(known, read, report);
  checkVersion(product, report);
  const layout = layOutMedia(product, read, report);
  const builder = new TableBuilder(report, replacedTables(product));
  const digests = await addSymbolRows(builder, product, { options, report });
  addLayoutRows(builder, product, { layout, paths, report });
  addFileRows(builder, layout);
  addPropertyRows(builder, product, productCode(product));
  for (const { table, span } of product.ensuredTables) {
    if (!builder.ensure(table))
      report(
        problem.unresolvedReference(span, { table: 'Table', id: table }, nearestName(table, tableCatalogue.keys())),
      );
  }
  addSequenceRows(builder, product, report);
  const tables = builder.build();
  reportUnencodable(tables, product, report);
  if (hasErrors(diagnostics)) return { diagnostics };

  const summary = summaryInformation(product, { tables: builder.filled, ...options });
  const contents = [...layout.files.map(({ sha256 }) => sha256), ...digests];
  const revisionNumber = packageCode(product, { tables, summary, digests: contents });
  const bound: Bound = {
    database: {
      codePage: product.product.codePage,
      summary: { ...summary, revisionNumber },
      tables,
      streams: new Map(),
    },
    cabinets: cabinetPlans(layout, new Date(options.sourceDateEpoch * 1000)),
    looseFiles: layout.files
      .filter(({ compressed }) => !compressed)
      .map((file) => ({ path: loosePath(file, product, paths), file })),
    productCode: productCode(product),
    packageCode: revisionNumber,
    payloadFiles: [...new Set(layout.files.map(({ payload }) => payload.path))],
  };
  return { bound, diagnostics };
}

/** A version that came from a variable was not judged with its attribute. */
function checkVersion({ product }: LinkedProduct, report: (diagnostic: Diagnostic) => void): void {
  const { version: value, span } = product;
  if (hasReference(value) || productVersion.accepts(value)) return;
  report(
    problem.badAttributeValue(span, { element: 'Product', attribute: 'Version', value, wanted: productVersion.wanted }),
  );
}

function replacedTables(product: LinkedProduct) {
  const extended = product.rows.some(
    ({ table, cells }) => table === 'CustomAction' && cells.ExtendedType !== undefined,
  );
  return [...product.customTables.map(({ definition }) => definition), ...(extended ? [extendedCustomAction] : [])];
}

/** Rows whose cells are known already, but for those that hold a file. Returns the hashes of these files. */
async function addSymbolRows(
  builder: TableBuilder,
  product: LinkedProduct,
  at: { readonly options: BindOptions; readonly report: (diagnostic: Diagnostic) => void },
): Promise<readonly string[]> {
  for (const { definition } of product.customTables) builder.ensure(definition.name);
  const digests: string[] = [];
  for (const symbol of product.rows) {
    const cells = await resolveCells(symbol, digests, at);
    if (cells !== undefined) builder.add(symbol.table, cells, symbol.span);
  }
  return digests;
}

async function resolveCells(
  symbol: RowSymbol,
  digests: string[],
  { options, report }: { readonly options: BindOptions; readonly report: (diagnostic: Diagnostic) => void },
): Promise<Record<string, MsiCell> | undefined> {
  const cells: Record<string, MsiCell> = {};
  for (const [name, cell] of Object.entries(symbol.cells)) {
    if (cell === null || typeof cell !== 'object') {
      cells[name] = cell;
      continue;
    }
    const payload = await options.files.resolvePayload(cell.source);
    if (payload === undefined) {
      report(problem.fileNotFound(symbol.span, cell.source));
      return undefined;
    }
    digests.push((await readContent(payload, { md5: false, signal: options.signal })).sha256);
    cells[name] = { binary: payload };
  }
  return cells;
}

function addLayoutRows(
  builder: TableBuilder,
  product: LinkedProduct,
  at: {
    readonly layout: MediaLayout;
    readonly paths: DirectoryPaths;
    readonly report: (diagnostic: Diagnostic) => void;
  },
): void {
  for (const { id, parent, defaultDir, span } of product.directories) {
    builder.add('Directory', { Directory: id, Directory_Parent: parent, DefaultDir: defaultDir }, span);
  }
  const filesOf = Map.groupBy(at.layout.files, ({ symbol }) => symbol.component);
  for (const component of product.components) {
    const { id, directory, attributes, condition, keyPath, span } = component;
    const guid = componentGuid(component, { files: filesOf.get(id) ?? [], paths: at.paths, report: at.report });
    const key = keyPath.kind === 'directory' ? null : keyPath.id;
    builder.add(
      'Component',
      {
        Component: id,
        ComponentId: guid,
        Directory_: directory,
        Attributes: attributes,
        Condition: condition,
        KeyPath: key,
      },
      span,
    );
  }
  for (const feature of product.features) {
    const { id, parent, title, description, display, level, directory, attributes, span } = feature;
    const cells = {
      Feature: id,
      Feature_Parent: parent,
      Title: title,
      Description: description,
      Display: display,
      Level: level,
    };
    builder.add('Feature', { ...cells, Directory_: directory, Attributes: attributes }, span);
  }
  for (const { feature, component } of product.featureComponents) {
    builder.add('FeatureComponents', { Feature_: feature, Component_: component }, product.span);
  }
}

function addSequenceRows(
  builder: TableBuilder,
  product: LinkedProduct,
  report: (diagnostic: Diagnostic) => void,
): void {
  const tables = builder.filled;
  for (const table of sequenceTables) {
    for (const { action, condition, sequence } of scheduleSequence(table, product, { tables, report })) {
      builder.add(table, { Action: action, Condition: condition, Sequence: sequence }, product.span);
    }
  }
}

const LEVELS: Readonly<Record<string, number>> = { low: 1, high: 9 };

function cabinetPlans(layout: MediaLayout, modifiedAt: Date): readonly CabinetPlan[] {
  return layout.media.flatMap(({ symbol, files }): readonly CabinetPlan[] => {
    const members = files
      .filter(({ compressed }) => compressed)
      .map(({ symbol: { id }, payload, sha256 }) => ({ name: id, source: payload, modifiedAt, contentKey: sha256 }));
    if (symbol.cabinet === null || members.length === 0) return [];
    const level = LEVELS[symbol.compression];
    return [
      {
        name: symbol.cabinet,
        embedded: symbol.embedded,
        compression: symbol.compression === 'none' ? 'none' : 'mszip',
        ...(level === undefined ? {} : { level }),
        members,
      },
    ];
  });
}

function loosePath(file: BoundFile, product: LinkedProduct, paths: DirectoryPaths): string {
  const name = product.package.shortNames ? (file.symbol.fileName.split('|')[0] ?? '') : file.symbol.longName;
  return [paths.sourcePath(file.symbol.directory), name].filter((part) => part !== '').join('\\');
}
