/** Complaints of preprocessing and localization: WIX1xxx. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { error, hint, warning } from './make.ts';

export function undefinedVariable(span: SourceSpan, reference: string, nearest?: string): Diagnostic {
  return error('WIX1001', span, `Cannot expand "$(${reference})": no such variable is defined${hint(nearest)}`);
}
export function badVariableReference(span: SourceSpan, reference: string, wanted: string): Diagnostic {
  return error('WIX1002', span, `Cannot expand "${reference}": ${wanted}`);
}
export function includeNotFound(span: SourceSpan, path: string): Diagnostic {
  const where = 'no such file beside the including file or in the include paths';
  return error('WIX1003', span, `Cannot include "${path}": ${where}, add its folder with -I`);
}
export function malformedDirective(span: SourceSpan, directive: string, wanted: string): Diagnostic {
  return error('WIX1004', span, `Cannot read "<?${directive}?>": ${wanted}`);
}
export function unbalancedDirective(span: SourceSpan, directive: string, wanted: string): Diagnostic {
  return error('WIX1005', span, `Cannot match "<?${directive}?>": ${wanted}`);
}
export function authoredError(span: SourceSpan, text: string): Diagnostic {
  return error('WIX1006', span, text);
}
export function authoredWarning(span: SourceSpan, text: string): Diagnostic {
  return warning('WIX1007', span, text);
}
export function badExpression(span: SourceSpan, expression: string, found: string): Diagnostic {
  return error('WIX1008', span, `Cannot evaluate "${expression}": ${found}`);
}
export function includeCycle(span: SourceSpan, path: string): Diagnostic {
  return error('WIX1009', span, `Cannot include "${path}": it is already being included, directly or through others`);
}
export function unknownDirective(span: SourceSpan, directive: string, nearest?: string): Diagnostic {
  return error('WIX1010', span, `Cannot process "<?${directive}?>": unknown directive${hint(nearest)}`);
}

export function redefinedVariable(span: SourceSpan, name: string, at: { earlier: string; value: string }): Diagnostic {
  return warning('WIX1013', span, `Variable "${name}" is changed from "${at.earlier}" to "${at.value}"`);
}
export function ignoredPragma(span: SourceSpan, pragma: string): Diagnostic {
  return warning('WIX1014', span, `Pragma "${pragma}" has no effect: it belongs to an extension that is not there`);
}
export function tooLarge(span: SourceSpan, steps: number): Diagnostic {
  return error(
    'WIX1012',
    span,
    `Cannot preprocess any further: loops and includes have made more than ${steps} pieces`,
  );
}

export function unknownString(span: SourceSpan, name: string, nearest?: string): Diagnostic {
  return error(
    'WIX1015',
    span,
    `Cannot localize "!(loc.${name})": no localization file of the chosen cultures has it${hint(nearest)}`,
  );
}
