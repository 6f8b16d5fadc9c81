import type { ColumnKind, MsiColumn } from '../../formats/msi/model.ts';

/** A column with what `_Validation` says about it. `category` uses the names of Windows Installer's column categories. */
export interface ColumnDefinition extends MsiColumn {
  readonly min?: number;
  readonly max?: number;
  /** One table, or several separated by `;`. */
  readonly keyTable?: string;
  readonly keyColumn?: number;
  readonly category?: string;
  /** Permitted values separated by `;`. */
  readonly set?: string;
}

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
}

export interface ColumnFacts {
  readonly key?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly keyTable?: string;
  readonly keyColumn?: number;
  readonly category?: string;
  readonly set?: string;
}

export function defineTable(name: string, columns: readonly ColumnDefinition[]): TableDefinition {
  return { name, columns };
}

/**
 * A column from its IDT type: `s72` text, `l255` localizable text, `i2`/`i4` integers, `v0` binary data; a capital
 * letter means nullable. Source: Windows Installer "Column Definition Format".
 */
export function column(name: string, idtType: string, facts: ColumnFacts = {}): ColumnDefinition {
  const letter = idtType.charAt(0);
  const size = Number(idtType.slice(1));
  const { key = false, ...validation } = facts;
  return {
    name,
    kind: kindOf(letter.toLowerCase(), size),
    width: 'sl'.includes(letter.toLowerCase()) ? size : 0,
    nullable: letter !== letter.toLowerCase(),
    primaryKey: key,
    localizable: letter.toLowerCase() === 'l',
    ...validation,
  };
}

/** The IDT type of a column, the inverse of `column`. */
export function idtType(definition: MsiColumn): string {
  const letter = { string: definition.localizable ? 'l' : 's', int16: 'i', int32: 'i', binary: 'v' }[definition.kind];
  const size = { string: definition.width, int16: 2, int32: 4, binary: 0 }[definition.kind];
  return `${definition.nullable ? letter.toUpperCase() : letter}${size}`;
}

function kindOf(letter: string, size: number): ColumnKind {
  if (letter === 'i') return size === 2 ? 'int16' : 'int32';
  return letter === 'v' ? 'binary' : 'string';
}
