/**
 * Every complaint the compiler can make about a source, with its stable code:
 * WIX1xxx preprocess, WIX2xxx parse and schema, WIX3xxx lower, WIX4xxx link, WIX5xxx bind.
 */
import type { Diagnostic, SourceSpan } from '../diagnostic.ts';

function error(code: string, span: SourceSpan | undefined, message: string): Diagnostic {
  return { code, severity: 'error', message, ...(span === undefined ? {} : { span }) };
}

function warning(code: string, span: SourceSpan, message: string): Diagnostic {
  return { code, severity: 'warning', message, span };
}

/** ` (did you mean "X"?)`, or nothing when no known name is near. */
function hint(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
}

// WIX1xxx: preprocess

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

// WIX2xxx: parse and schema

export function malformedXml(span: SourceSpan, found: string): Diagnostic {
  return error('WIX2001', span, `Cannot parse the XML: ${found}`);
}
export function wrongRoot(span: SourceSpan, name: string, wanted: string): Diagnostic {
  return error('WIX2002', span, `Cannot read the document element "${name}": ${wanted}`);
}
export function unknownElement(span: SourceSpan, name: string, nearest?: string): Diagnostic {
  return error('WIX2003', span, `Cannot compile element "${name}": unknown element${hint(nearest)}`);
}
export function misplacedElement(
  span: SourceSpan,
  name: string,
  at: { parent: string; parents: readonly string[] },
): Diagnostic {
  const allowed = at.parents.length === 0 ? 'it is a document element' : `it belongs in ${at.parents.join(', ')}`;
  return error('WIX2004', span, `Cannot place element "${name}" in "${at.parent}": ${allowed}`);
}
export function unknownAttribute(
  span: SourceSpan,
  at: { element: string; attribute: string; nearest?: string | undefined },
): Diagnostic {
  return error(
    'WIX2005',
    span,
    `Cannot use attribute "${at.attribute}" on "${at.element}": unknown attribute${hint(at.nearest)}`,
  );
}
export function missingAttribute(span: SourceSpan, element: string, attribute: string): Diagnostic {
  return error('WIX2006', span, `Cannot compile element "${element}": attribute "${attribute}" is missing`);
}
export function badAttributeValue(
  span: SourceSpan,
  at: { element: string; attribute: string; value: string; wanted: string; nearest?: string | undefined },
): Diagnostic {
  const subject = `"${at.value}" as ${at.element}/@${at.attribute}`;
  return error('WIX2007', span, `Cannot use ${subject}: expected ${at.wanted}${hint(at.nearest)}`);
}
export function unexpectedText(span: SourceSpan, element: string, text: string): Diagnostic {
  return error('WIX2008', span, `Cannot use text "${text}" in "${element}": the element takes no text`);
}
export function foreignNamespace(span: SourceSpan, name: string, namespace: string): Diagnostic {
  const wanted = 'extension namespaces need custom-action DLLs and are not supported';
  return error('WIX2009', span, `Cannot compile "${name}" of namespace "${namespace}": ${wanted}`);
}
export function missingChild(span: SourceSpan, element: string, wanted: string): Diagnostic {
  return error('WIX2010', span, `Cannot compile element "${element}": ${wanted}`);
}

// WIX3xxx: lower

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

// WIX4xxx: link

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

// WIX5xxx: bind

export function variableCycle(span: SourceSpan, reference: string): Diagnostic {
  return error('WIX5016', span, `Cannot resolve "!(${reference})": its value refers to itself`);
}
export function unknownVariable(span: SourceSpan, reference: string, nearest?: string): Diagnostic {
  return error('WIX5015', span, `Cannot resolve "!(${reference})": nothing gives it a value${hint(nearest)}`);
}

export function fileNotFound(span: SourceSpan, path: string): Diagnostic {
  return error('WIX5001', span, `Cannot read "${path}": no such file in the bind paths, add its folder with -b`);
}
export function duplicateRow(span: SourceSpan, table: string, key: string): Diagnostic {
  return error('WIX5002', span, `Cannot add a row to table "${table}": the key "${key}" is there already`);
}
export function valueTooLong(span: SourceSpan, cell: string, limits: { length: number; width: number }): Diagnostic {
  return warning(
    'WIX5003',
    span,
    `${cell} has ${limits.length} characters, the column is meant for at most ${limits.width}`,
  );
}
export function valueMissing(span: SourceSpan, cell: string): Diagnostic {
  return error('WIX5004', span, `Cannot store ${cell}: no value was given, the column must not be empty`);
}
export function valueOutOfRange(
  span: SourceSpan,
  cell: string,
  limits: { value: number; min: number; max: number },
): Diagnostic {
  return error(
    'WIX5005',
    span,
    `Cannot store ${cell}: ${limits.value} was given, expected ${limits.min} to ${limits.max}`,
  );
}
export function unknownDisk(span: SourceSpan, file: string, diskId: number): Diagnostic {
  return error('WIX5006', span, `Cannot place file "${file}" on disk ${diskId}: no Media element has that Id`);
}
export function ungeneratableGuid(span: SourceSpan, component: string, found: string): Diagnostic {
  return error('WIX5007', span, `Cannot generate a GUID for component "${component}": ${found}, write the GUID out`);
}
export function sequenceCycle(span: SourceSpan, action: string, sequence: string): Diagnostic {
  return error(
    'WIX5008',
    span,
    `Cannot schedule action "${action}" in ${sequence}: its Before and After references form a circle`,
  );
}
export function sequenceCollision(
  span: SourceSpan,
  action: string,
  at: { sequence: string; other: string; number: number },
): Diagnostic {
  return warning(
    'WIX5009',
    span,
    `Action "${action}" shares number ${at.number} in ${at.sequence} with "${at.other}": their order is undefined`,
  );
}
export function unencodableText(span: SourceSpan, cell: string, codePage: number): Diagnostic {
  return error(
    'WIX5010',
    span,
    `Cannot store ${cell}: it has characters outside code page ${codePage}, set Product/@Codepage to one that holds them, such as 65001`,
  );
}
export function fileTooLarge(span: SourceSpan, path: string, sizeBytes: number): Diagnostic {
  return error(
    'WIX5011',
    span,
    `Cannot store "${path}": ${sizeBytes} bytes were found, a cabinet holds files of at most 2147450880`,
  );
}
export function unscheduledAnchor(
  span: SourceSpan,
  action: string,
  at: { sequence: string; anchor: string; nearest?: string | undefined },
): Diagnostic {
  return error(
    'WIX5012',
    span,
    `Cannot schedule action "${action}" in ${at.sequence}: "${at.anchor}" is not an action of that table${hint(at.nearest)}`,
  );
}
export function cabinetMissing(span: SourceSpan, file: string, diskId: number): Diagnostic {
  return error('WIX5013', span, `Cannot compress file "${file}": Media ${diskId} has no "Cabinet" to put it in`);
}
export function cabinetTaken(span: SourceSpan, cabinet: string): Diagnostic {
  return error(
    'WIX5014',
    span,
    `Cannot write cabinet "${cabinet}": another Media has the same one, each needs its own`,
  );
}
