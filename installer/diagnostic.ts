/** Wrong authoring or configuration: collected, never thrown one at a time. */
export type Severity = 'error' | 'warning';

/** A place in a text the user wrote. `line` and `column` count from 1; columns in UTF-16 code units. */
export interface SourceSpan {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Diagnostic {
  /** Stable, such as `VGL1003`; an area owns a range. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: SourceSpan;
}

/** `file:line:column: error VGL1003: message`, the form editors and terminals make clickable. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { span, severity, code, message } = diagnostic;
  const place = span === undefined ? '' : `${span.file}:${span.line}:${span.column}: `;
  return `${place}${severity} ${code}: ${message}`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
