import type { Diagnostic } from '../../diagnostic.ts';
import { FormatError } from '../../formats/format-error.ts';
import { encodeText } from '../../formats/msi/code-page.ts';
import type { MsiTable } from '../../formats/msi/index.ts';
import { unencodableText } from '../diagnostics.ts';
import type { LinkedProduct } from '../link/link.ts';

/** Reports the first cell of each table whose text the database's code page cannot hold. */
export function reportUnencodable(
  tables: readonly MsiTable[],
  linked: LinkedProduct,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { codePage, span } = linked.product;
  for (const { name, columns, rows } of tables) {
    for (const row of rows) {
      const index = row.findIndex((cell) => typeof cell === 'string' && !isEncodable(cell, codePage));
      if (index < 0) continue;
      report(unencodableText(span, `${name}.${columns[index]?.name} of "${row[0]}"`, codePage));
      break;
    }
  }
}

function isEncodable(text: string, codePage: number): boolean {
  try {
    encodeText(text, codePage);
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
