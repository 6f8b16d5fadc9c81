/** A linked product to the database and the plans of what goes beside or into it. */
import type { Diagnostic } from '../../diagnostic.ts';
import { hasErrors } from '../../diagnostic.ts';
import type { CabinetMember } from '../../formats/cab/index.ts';
import type { MsiDatabase } from '../../formats/msi/index.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { FileResolver } from '../file-resolver.ts';
import type { LinkedProduct } from '../link/link.ts';
import { hasReference } from '../localize/variable-reference.ts';
import { productVersion } from '../schema/attribute-types.ts';
import { sequenceTables } from '../tables/standard-actions.ts';
import { extendedCustomAction, tableCatalogue } from '../tables/table-catalogue.ts';
import { assemblyNameRows } from './assembly-rows.ts';
import type { BoundFile } from './bound-file.ts';
import { packageCode, productCode, summaryInformation } from './codes.ts';
import { DirectoryPaths } from './directory-paths.ts';
import { reportUnencodable } from './encodable.ts';
import { addFileRows } from './file-rows.ts';
import { addLayoutRows } from './layout-rows.ts';
import { layOutMedia, type MediaLayout } from './media.ts';
import { addPropertyRows } from './property-rows.ts';
import { readPayload } from './read-payload.ts';
import { resolveBindVariables, resolveWixVariables } from './resolve-variables.ts';
import { scheduleSequence } from './schedule.ts';
import { addSymbolRows } from './symbol-rows.ts';
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
  const resolved = resolveBindVariables(known, read, report);
  const product = { ...resolved, rows: [...(await assemblyNameRows(resolved, read, report))] };
  checkVersion(product, report);
  const layout = layOutMedia(product, read, report);
  const builder = new TableBuilder(report, replacedTables(product));
  const digests = await addSymbolRows(builder, product, { files: options.files, report, signal: options.signal });
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
