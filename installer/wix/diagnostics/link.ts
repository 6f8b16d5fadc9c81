/** Complaints of linking: WIX4xxx. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { error, hint } from './make.ts';

export function noProduct(): Diagnostic {
  return error('WIX4001', undefined, 'Cannot link the sources: none has a Product element, exactly one is needed');
}
export function severalProducts(span: SourceSpan): Diagnostic {
  return error('WIX4002', span, 'Cannot link the sources: a second Product element was found, exactly one is needed');
}
export function unresolvedReference(
  span: SourceSpan,
  symbol: { table: string; id: string },
  nearest?: string,
): Diagnostic {
  return error('WIX4003', span, `Cannot resolve ${symbol.table} "${symbol.id}": nothing defines it${hint(nearest)}`);
}
export function duplicateSymbol(
  span: SourceSpan,
  symbol: { table: string; id: string },
  first: SourceSpan,
): Diagnostic {
  const where = `${first.file}:${first.line}:${first.column}`;
  return error('WIX4004', span, `Cannot define ${symbol.table} "${symbol.id}": it is defined already at ${where}`);
}
export function orphanedComponent(span: SourceSpan, component: string): Diagnostic {
  return error(
    'WIX4005',
    span,
    `Cannot install component "${component}": no feature contains it, add a ComponentRef to a Feature`,
  );
}
export function groupCycle(span: SourceSpan, group: string): Diagnostic {
  return error('WIX4006', span, `Cannot link group "${group}": it contains itself`);
}

export function parentCycle(span: SourceSpan, symbol: { table: string; id: string }): Diagnostic {
  return error('WIX4007', span, `Cannot link ${symbol.table} "${symbol.id}": it is its own ancestor`);
}
