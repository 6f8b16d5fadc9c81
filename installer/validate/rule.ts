import type { Severity } from '../diagnostic.ts';
import type { DatabaseView } from './database-view.ts';
import type { Problem } from './finding.ts';

/** One rule: a number that is never used for something else, and a check that only looks. */
export interface Rule {
  /** `ICE03`, or `VGL-S01` for a rule of our own. */
  readonly id: string;
  /** What holds in a package that the rule accepts. */
  readonly title: string;
  readonly severity: Severity;
  /** Why the rule is there; shown in docs/validation.md. */
  readonly reason: string;
  readonly check: (db: DatabaseView) => Iterable<Problem>;
}
