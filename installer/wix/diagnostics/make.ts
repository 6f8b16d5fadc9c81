/** What the phases' complaints have in common. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';

export function error(code: string, span: SourceSpan | undefined, message: string): Diagnostic {
  return { code, severity: 'error', message, ...(span === undefined ? {} : { span }) };
}

export function warning(code: string, span: SourceSpan, message: string): Diagnostic {
  return { code, severity: 'warning', message, span };
}

/** ` (did you mean "X"?)`, or nothing when no known name is near. */
export function hint(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
}
