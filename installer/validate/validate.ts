/** Checks a database against every rule. Pure: looks at tables and summary information, changes nothing, reads no file. */
import type { MsiDatabase } from '../formats/msi/index.ts';
import { DatabaseView } from './database-view.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';

export interface ValidateOptions {
  /** Numbers of rules that are left out. */
  readonly suppress?: readonly string[];
  /** Warnings become errors. */
  readonly warningsAsErrors?: boolean;
}

/** Everything the rules have to say, in the order of the rules and within a rule in the order of rows. */
export function validateDatabase(database: MsiDatabase, options: ValidateOptions = {}): Finding[] {
  const { suppress = [], warningsAsErrors = false } = options;
  const silent = new Set(suppress);
  const db = new DatabaseView(database);
  return rules
    .filter(({ id }) => !silent.has(id))
    .flatMap((rule) => findingsOf(rule, db))
    .map((finding) => (warningsAsErrors ? { ...finding, severity: 'error' } : finding));
}

function findingsOf({ id, severity, check }: Rule, db: DatabaseView): Finding[] {
  return [...check(db)].map(({ at, severity: own, ...rest }) => ({
    rule: id,
    severity: own ?? severity,
    ...at,
    ...rest,
  }));
}
