/**
 * GUIDs for `Guid="*"`: the same place gives the same GUID, in every build and by WiX v3 as well, which is what keeps a
 * component the same component across upgrades. Rule and namespace as measured on databases that WiX wrote.
 */
import type { Diagnostic } from '../../diagnostic.ts';
import { nameBasedGuid } from '../../name-based-guid.ts';
import { badAttributeValue, ungeneratableGuid } from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import { GUID } from '../schema/attribute-types.ts';
import type { ComponentSymbol } from '../symbols.ts';
import type { BoundFile } from './bound-file.ts';
import type { DirectoryPaths } from './directory-paths.ts';

const NAMESPACE = '3064e5c6-fb63-4fe9-ac49-e446a792efa5';
const WIN64 = 256;

/** ComponentId of `component`, whose files are `files`: as authored, generated, or null for an unmanaged one. */
export function componentGuid(
  component: ComponentSymbol,
  at: {
    readonly files: readonly BoundFile[];
    readonly paths: DirectoryPaths;
    readonly report: (diagnostic: Diagnostic) => void;
  },
): string | null {
  if (component.guid !== '*') return component.guid === '' ? null : authoredGuid(component, at.report);
  const name = guidName(component, at.files, at.paths);
  if (typeof name !== 'string') {
    at.report(ungeneratableGuid(component.span, component.id, name.problem));
    return null;
  }
  return nameBasedGuid(new Uint8Array(Buffer.from(name, 'utf16le')), NAMESPACE);
}

/** A GUID that came from a variable was not judged with its attribute. */
function authoredGuid({ guid, span }: ComponentSymbol, report: (diagnostic: Diagnostic) => void): string {
  const wanted = 'a GUID';
  if (!GUID.test(guid))
    report(badAttributeValue(span, { element: 'Component', attribute: 'Guid', value: guid, wanted }));
  return canonicalGuid(guid);
}

function guidName(
  component: ComponentSymbol,
  files: readonly BoundFile[],
  paths: DirectoryPaths,
): string | { problem: string } {
  const { keyPath } = component;
  if (keyPath.kind === 'directory') return { problem: 'its key path is a folder' };
  if (keyPath.kind === 'odbc') return { problem: 'its key path is an ODBC data source' };
  if (keyPath.kind === 'registry') {
    const root = `${(component.attributes & WIN64) !== 0 ? '64' : ''}${keyPath.root}`;
    return `${root}\\${keyPath.key.toLowerCase()}\\${keyPath.name.toLowerCase()}`;
  }
  const keyFile = files.find(({ symbol }) => symbol.id === keyPath.id);
  if (keyFile === undefined) return { problem: 'its key file is not in it' };
  if (
    files.length > 1 &&
    (keyFile.version === null || files.some((file) => file !== keyFile && file.version !== null))
  ) {
    return { problem: 'with several files, the key path has to be the only one that has a version' };
  }
  const folder = component.guidSeed ?? paths.guidPath(component.directory);
  if (folder === undefined)
    return { problem: 'its directory is not below a standard one such as ProgramFiles64Folder' };
  return `${folder}\\${keyFile.symbol.longName.toLowerCase()}`;
}
