/** The validator's face. */
export { type Finding, formatFinding, type Place } from './finding.ts';
export type { Rule } from './rule.ts';
export { rules } from './rules.ts';
export { type ValidateOptions, validateDatabase } from './validate.ts';
