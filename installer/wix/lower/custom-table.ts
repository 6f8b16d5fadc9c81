/** CustomTable: a table that the source defines itself. */

import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { SymbolCell } from '../symbols.ts';
import { tableCatalogue } from '../tables/table-catalogue.ts';
import { type ColumnDefinition, column, defineTable } from '../tables/table-definition.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

const lowerCustomTable: Lowering = (node, _scope, context) => {
  const name = node.need('Id');
  if (tableCatalogue.has(name)) {
    context.report(problem.unusableId(node.spanOf('Id'), name, 'it is the name of a standard table'));
    return;
  }
  const columns = node.childrenNamed('Column').map(defineColumn);
  const firstPlain = columns.findIndex(({ primaryKey }) => !primaryKey);
  if (
    firstPlain === 0 ||
    columns.length === 0 ||
    columns.slice(firstPlain).some(({ primaryKey }, index) => primaryKey && index > 0)
  ) {
    context.report(problem.missingChild(node.span, 'CustomTable', 'its first columns have to be the primary key'));
    return;
  }
  context.define('CustomTable', name, node.span);
  context.section.customTables.push({ definition: defineTable(name, columns), span: node.span });
  for (const row of node.childrenNamed('Row')) context.row(name, rowCells(row, columns, context), row.span);
};

function defineColumn(node: ElementNode): ColumnDefinition {
  const type = node.need('Type');
  const letter = type === 'binary' ? 'v' : type === 'int' ? 'i' : node.yes('Localizable') ? 'l' : 's';
  const width = type === 'binary' ? 0 : (node.integer('Width') ?? (type === 'int' ? 2 : 0));
  const [min, max, keyColumn] = [node.integer('MinValue'), node.integer('MaxValue'), node.integer('KeyColumn')];
  const [keyTable, category, set] = [node.get('KeyTable'), node.get('Category'), node.get('Set')];
  return column(node.need('Id'), `${node.yes('Nullable') ? letter.toUpperCase() : letter}${width}`, {
    key: node.yes('PrimaryKey'),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(keyTable === undefined ? {} : { keyTable }),
    ...(keyColumn === undefined ? {} : { keyColumn }),
    ...(category === undefined ? {} : { category }),
    ...(set === undefined ? {} : { set }),
  });
}

function rowCells(
  row: ElementNode,
  columns: readonly ColumnDefinition[],
  context: LowerContext,
): Record<string, SymbolCell> {
  const cells: Record<string, SymbolCell> = {};
  for (const data of row.childrenNamed('Data')) {
    const name = data.need('Column');
    const definition = columns.find((candidate) => candidate.name === name);
    if (definition === undefined) {
      const nearest = nearestName(
        name,
        columns.map((candidate) => candidate.name),
      );
      context.report(problem.unresolvedReference(data.spanOf('Column'), { table: 'Column', id: name }, nearest));
    } else cells[name] = toCell(data, definition, context);
  }
  return cells;
}

function toCell(data: ElementNode, definition: ColumnDefinition, context: LowerContext): SymbolCell {
  if (data.text === '') return null;
  if (definition.kind === 'binary') return { source: data.text };
  if (definition.kind === 'string') return data.text;
  if (/^[+-]?\d{1,10}$/.test(data.text)) return Number(data.text);
  context.report(
    problem.badAttributeValue(data.span, {
      element: 'Data',
      attribute: definition.name,
      value: data.text,
      wanted: 'an integer',
    }),
  );
  return null;
}

export const customTableLowerings: Lowerings = {
  CustomTable: lowerCustomTable,
  Column: () => {},
  Row: () => {},
  Data: () => {},
};
