/** ICE03: every cell is what its column allows. The catalogue of columns is the database's own or ours. */
import { type Category, categories } from '../column-categories.ts';
import { type ColumnSpec, columnSpecs } from '../column-specs.ts';
import type { DatabaseView, Row, TableView } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const ice03: Rule = {
  id: 'ICE03',
  title: 'Every cell is valid for its column: type, length, range, category, foreign key',
  severity: 'error',
  reason: 'A wrong cell fails while the package is installed, or is passed over in silence.',
  *check(db) {
    for (const table of db.tables) {
      if (table.name.startsWith('_')) continue;
      yield* duplicateKeys(table);
      const specs = db.derived(columnSpecs).get(table.name);
      if (specs === undefined) {
        yield* missingSpecification(db, table);
        continue;
      }
      for (const row of table.rows) {
        for (const { name, width } of table.columns) {
          const spec = specs.get(name);
          if (spec !== undefined) yield* checkCell(db, row, { name, width, spec });
        }
      }
    }
  },
};

function* duplicateKeys(table: TableView): Iterable<Problem> {
  const seen = new Set<string>();
  for (const row of table.rows) {
    const { key } = row;
    if (seen.has(key)) {
      yield {
        at: row.at(),
        found: 'the same primary key twice',
        wanted: 'each key once',
        cure: 'Remove or rename one of the rows.',
      };
    }
    seen.add(key);
  }
}

/** Without `_Validation` rows nothing is known of a table that its author made up. */
function* missingSpecification(db: DatabaseView, table: TableView): Iterable<Problem> {
  if (db.rows('_Validation').length === 0) return;
  yield {
    at: { table: table.name },
    found: 'no rows for it in _Validation',
    wanted: 'one for each of its columns',
    cure: 'Describe the columns in _Validation, or drop the table.',
    severity: 'warning',
  };
}

interface CellColumn {
  readonly name: string;
  readonly width: number;
  readonly spec: ColumnSpec;
}

function* checkCell(db: DatabaseView, row: Row, column: CellColumn): Iterable<Problem> {
  const { name, width, spec } = column;
  const cell = row.cell(name);
  const at = row.at(name);
  if (cell === null) {
    if (!spec.nullable) {
      yield { at, found: 'nothing', wanted: 'a value', cure: 'Fill in the column; it may not be empty.' };
    }
    return;
  }
  if (typeof cell === 'object') return;
  if (typeof cell === 'number') yield* checkNumber(cell, row, column);
  if (spec.set.length > 0 && !spec.set.includes(String(cell))) {
    yield {
      at,
      found: quoted(cell),
      wanted: `one of ${spec.set.join(', ')}`,
      cure: 'Use one of the permitted values.',
    };
  }
  if (typeof cell !== 'string') return;
  if (width > 0 && cell.length > width) {
    yield {
      at,
      found: `${cell.length} characters`,
      wanted: `at most ${width}`,
      cure: 'Shorten the text.',
      severity: 'warning',
    };
  }
  yield* checkText(db, row, column);
}

function* checkNumber(value: number, row: Row, { name, spec }: CellColumn): Iterable<Problem> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = spec;
  if (value < min || value > max) {
    const wanted = Number.isFinite(min) ? `${min} to ${max}` : `at most ${max}`;
    yield { at: row.at(name), found: String(value), wanted, cure: 'Use a number in the range.' };
  }
}

function* checkText(db: DatabaseView, row: Row, { name, spec }: CellColumn): Iterable<Problem> {
  const text = row.text(name);
  const category = categories.get(spec.category);
  if (spec.keyTables.length > 0) yield* checkForeignKey(db, row, { name, spec, category });
  else if (category !== undefined && !category.accepts(text)) yield wrongCategory(row, name, category);
  else if (spec.category === 'shortcut' && !text.includes('[') && db.find('Feature', text) === undefined) {
    yield noSuchKey(row, name, { tables: ['Feature'] });
  }
}

interface KeyColumn {
  readonly name: string;
  readonly spec: ColumnSpec;
  readonly category: Category | undefined;
}

function* checkForeignKey(db: DatabaseView, row: Row, { name, spec, category }: KeyColumn): Iterable<Problem> {
  const text = row.text(name);
  const exists = spec.keyTables.some((tableName) => {
    const table = db.table(tableName);
    const key = table?.columns[spec.keyColumn - 1];
    return key !== undefined && table?.by(key.name).has(text);
  });
  // A column such as File.Version holds either a value of its own or the key of a row.
  const mayBeValue = spec.category === 'version' || spec.category === 'keyformatted';
  if (exists || (mayBeValue && (category?.accepts(text) ?? text.includes('[')))) return;
  if (mayBeValue) yield noSuchKey(row, name, { tables: spec.keyTables, orElse: category?.wanted });
  else if (category !== undefined && !category.accepts(text)) yield wrongCategory(row, name, category);
  else yield noSuchKey(row, name, { tables: spec.keyTables });
}

function wrongCategory(row: Row, column: string, { wanted }: Category): Problem {
  return { at: row.at(column), found: quoted(row.text(column)), wanted, cure: 'Correct the value.' };
}

interface Wanted {
  readonly tables: readonly string[];
  /** What the column may hold instead of a key. */
  readonly orElse?: string | undefined;
}

function noSuchKey(row: Row, column: string, { tables, orElse }: Wanted): Problem {
  return {
    at: row.at(column),
    found: quoted(row.text(column)),
    wanted: `${orElse === undefined ? '' : `${orElse}, or `}the key of a row of ${tables.join(' or ')}`,
    cure: 'Correct the reference, or add the row it names.',
  };
}
