/** Complaints of binding: WIX5xxx. */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { error, hint, warning } from './make.ts';

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
export function noAssembly(span: SourceSpan, path: string): Diagnostic {
  return error('WIX5017', span, `Cannot install "${path}" as an assembly: it has no .NET metadata that names one`);
}
export function weakAssembly(span: SourceSpan, path: string): Diagnostic {
  const wanted = 'the global assembly cache needs a strong name; sign it, or set "AssemblyApplication"';
  return error('WIX5018', span, `Cannot install "${path}" for all programs: it has no strong name, ${wanted}`);
}
export function noManifest(span: SourceSpan, path: string): Diagnostic {
  return error('WIX5019', span, `Cannot read "${path}" as the manifest of an assembly: it has no assemblyIdentity`);
}
