/** Rows that lowering has made: their cells are final but for those that hold a file or a feature. */
import type { Diagnostic } from '../../diagnostic.ts';
import type { MsiCell } from '../../formats/msi/index.ts';
import * as problem from '../diagnostics.ts';
import type { FileResolver } from '../file-resolver.ts';
import type { LinkedProduct } from '../link/link.ts';
import type { RowSymbol } from '../symbols.ts';
import { readContent, readText } from './read-payload.ts';
import type { TableBuilder } from './table-builder.ts';

interface SymbolRowContext {
  readonly files: FileResolver;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Adds the rows of `product`. Returns the hashes of the files in them. */
export async function addSymbolRows(
  builder: TableBuilder,
  product: LinkedProduct,
  at: SymbolRowContext,
): Promise<readonly string[]> {
  for (const { definition } of product.customTables) builder.ensure(definition.name);
  const digests: string[] = [];
  for (const symbol of product.rows) {
    const cells = await resolveCells(symbol, digests, { ...at, product });
    if (cells !== undefined) builder.add(symbol.table, cells, symbol.span);
  }
  return digests;
}

async function resolveCells(
  symbol: RowSymbol,
  digests: string[],
  at: SymbolRowContext & { readonly product: LinkedProduct },
): Promise<Record<string, MsiCell> | undefined> {
  const { files, report, signal } = at;
  const cells: Record<string, MsiCell> = {};
  for (const [name, cell] of Object.entries(symbol.cells)) {
    if (cell === null || typeof cell !== 'object') {
      cells[name] = cell;
      continue;
    }
    if ('featureOf' in cell) {
      cells[name] = at.product.featureComponents.find(({ component }) => component === cell.featureOf)?.feature ?? null;
      continue;
    }
    const path = 'source' in cell ? cell.source : cell.textFile;
    const payload = await files.resolvePayload(path);
    if (payload === undefined) {
      report(problem.fileNotFound(symbol.span, path));
      return undefined;
    }
    if ('textFile' in cell) cells[name] = await readText(payload);
    else {
      digests.push((await readContent(payload, { md5: false, signal })).sha256);
      cells[name] = { binary: payload };
    }
  }
  return cells;
}
