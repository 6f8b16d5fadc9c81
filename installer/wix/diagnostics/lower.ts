/** Complaints of lowering: WIX3xxx. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { error } from './make.ts';

export function conflictingAttributes(span: SourceSpan, element: string, attributes: readonly string[]): Diagnostic {
  return error(
    'WIX3001',
    span,
    `Cannot combine ${attributes.map((name) => `"${name}"`).join(' and ')} on "${element}": only one may be given`,
  );
}
export function neededAttribute(span: SourceSpan, element: string, wanted: string): Diagnostic {
  return error('WIX3002', span, `Cannot compile element "${element}": ${wanted}`);
}
export function severalKeyPaths(span: SourceSpan, component: string): Diagnostic {
  return error(
    'WIX3003',
    span,
    `Cannot set the key path of component "${component}": it has one already, only one is allowed`,
  );
}
export function unusableId(span: SourceSpan, id: string, wanted: string): Diagnostic {
  return error('WIX3004', span, `Cannot derive an identifier from "${id}": ${wanted}`);
}
export function unusableName(span: SourceSpan, name: string, wanted: string): Diagnostic {
  return error('WIX3005', span, `Cannot use file name "${name}": ${wanted}`);
}
export function unusableCombination(span: SourceSpan, element: string, found: string): Diagnostic {
  return error('WIX3006', span, `Cannot compile element "${element}": ${found}`);
}
