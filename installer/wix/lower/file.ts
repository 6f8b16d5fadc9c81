/** File. */
import * as problem from '../diagnostics.ts';
import { generatedShortName, identifierFromName, isLongName, isShortName, nameColumn } from '../generated-names.ts';
import { offerKeyPath } from './component.ts';
import type { ElementNode } from './element-node.ts';
import { lowerFileRows } from './file-rows.ts';
import type { Lowering, Lowerings, Scope } from './lower-context.ts';

/** Bits of File.Attributes. Source: Windows Installer "File Table". */
const BITS = { ReadOnly: 1, Hidden: 2, System: 4, Checksum: 1024 } as const;
const VITAL = 512;

const lowerFile: Lowering = (node, scope, context) => {
  const { component } = scope;
  const source = sourcePath(node, scope);
  const longName = node.get('Name') ?? source?.split(/[\\/]/).at(-1);
  if (component === undefined) return;
  if (longName === undefined || longName === '') {
    context.report(problem.neededAttribute(node.span, 'File', '"Name" or "Source" is needed'));
    return;
  }
  if (!isLongName(longName)) {
    context.report(
      problem.unusableName(node.spanOf('Name'), longName, 'a file name without \\ / : * ? " < > | was expected'),
    );
    return;
  }
  const id = node.get('Id') ?? identifierFromName(longName);
  if (id.length > 72)
    context.report(problem.unusableId(node.span, longName, 'it is longer than 72 characters, give the File an "Id"'));
  context.define('File', id, node.span);
  const diskId = node.integer('DiskId') ?? scope.diskId;
  if (diskId !== undefined) context.reference('Media', String(diskId), node.spanOf('DiskId'));
  context.section.files.push({
    id,
    component: component.id,
    directory: component.directory,
    fileName: fileName(longName, node.get('ShortName'), 'File', component.id),
    longName,
    source,
    attributes: attributes(node),
    compressed: node.has('Compressed') && node.get('Compressed') !== 'default' ? node.yes('Compressed') : undefined,
    diskId,
    ...versionFacts(node),
    ...(node.get('Assembly') === '.net' ? { assembly: assemblyFacts(node) } : {}),
    span: node.has('Source') ? node.spanOf('Source') : node.span,
  });
  context.reference('File', node.get('CompanionFile'), node.spanOf('CompanionFile'));
  lowerFileRows(node, { id, component: component.id, context });
  // A companion's version is that of another file, which cannot tell whether the component is there.
  if (!node.has('CompanionFile')) offerKeyPath(node, { kind: 'file', id }, { component, context });
  else if (node.yes('KeyPath'))
    context.report(
      problem.unusableCombination(node.spanOf('KeyPath'), 'File', 'a companion file cannot be the key path'),
    );
  context.lowerChildren(node, { ...scope, file: id, lockObject: { table: 'File', id } });
};

/** As authored; null when the source image says where the file is. */
function sourcePath(node: ElementNode, scope: Scope): string | null {
  const source = node.get('Source');
  if (source !== undefined) {
    const whole = /[\\/]$/.test(source) ? source + (node.get('Name') ?? '') : source;
    return whole === '' ? null : whole;
  }
  const name = node.get('Name');
  if (scope.fileSource === undefined || name === undefined) return null;
  return /[\\/]$/.test(scope.fileSource) ? scope.fileSource + name : `${scope.fileSource}\\${name}`;
}

function attributes(node: ElementNode): number {
  const flags = Object.entries(BITS).reduce((bits, [name, bit]) => (node.yes(name) ? bits | bit : bits), 0);
  return node.yes('Vital', true) ? flags | VITAL : flags;
}

function versionFacts(node: ElementNode) {
  const version = node.get('DefaultVersion');
  const language = node.get('DefaultLanguage');
  const companion = node.get('CompanionFile');
  return {
    ...(version === undefined ? {} : { version }),
    ...(language === undefined ? {} : { language }),
    ...(companion === undefined ? {} : { companion }),
  };
}

/** Processor names of the MsiAssemblyName table. */
const PROCESSORS: Readonly<Record<string, string>> = { ia64: 'ia64', msil: 'MSIL', x64: 'amd64', x86: 'x86' };

function assemblyFacts(node: ElementNode) {
  const processor = PROCESSORS[node.get('ProcessorArchitecture') ?? ''];
  return { global: !node.has('AssemblyApplication'), ...(processor === undefined ? {} : { processor }) };
}

/** The name column of a file-like thing: `short|long` unless the name is a valid short one. */
export function fileName(longName: string, shortName: string | undefined, ...context: readonly string[]): string {
  if (shortName !== undefined) return nameColumn(longName, shortName);
  return isShortName(longName) ? longName : nameColumn(longName, generatedShortName(longName, true, ...context));
}

export const fileLowerings: Lowerings = { File: lowerFile };
