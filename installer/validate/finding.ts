import type { Severity } from '../diagnostic.ts';

/** Where in a database something was found. */
export interface Place {
  /** A table, or `Summary` for the summary information. */
  readonly table: string;
  /** Primary key of the row, its parts joined with `/`; absent when the table as a whole is meant. */
  readonly row?: string;
  readonly column?: string;
}

/** What a rule says about one place, before the number and severity of the rule are added. */
export interface Problem {
  readonly at: Place;
  /** What the database holds, such as `value "x"`; reads after "found". */
  readonly found: string;
  /** What it should hold; reads after "wanted". */
  readonly wanted: string;
  /** What to do, as a sentence. */
  readonly cure: string;
  /** Where a rule knows both; its own severity otherwise. */
  readonly severity?: Severity;
}

/** One thing that is wrong with a database, with the number of the rule that says so. */
export interface Finding extends Omit<Problem, 'at' | 'severity'>, Place {
  /** `ICE03`, or `VGL-S01` for a rule of our own. */
  readonly rule: string;
  readonly severity: Severity;
}

/** `error ICE03 File "a.txt", column Version: found …, wanted …` on one line. */
export function formatFinding({ rule, severity, table, row, column, found, wanted }: Finding): string {
  const place = `${table}${row === undefined ? '' : ` "${row}"`}${column === undefined ? '' : `, column ${column}`}`;
  // One finding is one line, whatever the database holds.
  return `${severity} ${rule} ${place}: found ${found}, wanted ${wanted}`.replace(/\p{Cc}+/gu, ' ');
}

/** A value from the database in quotes, cut where it would hide the rest of the line. */
export function quoted(value: string | number): string {
  const text = String(value);
  return `"${text.length > 80 ? `${text.slice(0, 77)}…` : text}"`;
}
