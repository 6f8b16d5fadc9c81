/** Directory and DirectoryRef. */
import * as problem from '../diagnostics.ts';
import { generatedId, generatedShortName, isLongName, isShortName, nameColumn } from '../generated-names.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

const lowerDirectory: Lowering = (node, scope, context) => {
  const parent = scope.directory ?? null;
  const name = folderName(node, 'Name', context);
  const sourceName = node.has('SourceName') ? folderName(node, 'SourceName', context) : name;
  const id =
    node.get('Id') ??
    generatedId('dir', parent, name, node.get('ShortName'), node.get('SourceName'), node.get('ShortSourceName'));
  const target = columnName(name, node.get('ShortName'), parent);
  const source = columnName(
    sourceName,
    node.get('ShortSourceName') ?? (node.has('SourceName') ? undefined : node.get('ShortName')),
    parent,
  );
  if (id === 'TARGETDIR' && name !== 'SourceDir') {
    context.report(problem.neededAttribute(node.span, 'Directory', 'the directory TARGETDIR needs Name="SourceDir"'));
  }
  if (parent === null && id !== 'TARGETDIR') {
    context.report(
      problem.neededAttribute(
        node.span,
        'Directory',
        `the root directory has to be TARGETDIR, "${id}" belongs below it`,
      ),
    );
  }
  const seed = node.orNull('ComponentGuidGenerationSeed');
  context.define('Directory', id, node.span);
  context.section.directories.push({
    id,
    parent,
    defaultDir: target === source ? target : `${target}:${source}`,
    name,
    sourceName,
    ...(seed === null ? {} : { guidSeed: seed }),
    span: node.span,
  });
  lowerContent(node, { ...inSource(scope, sourceName), directory: id }, context);
};

const lowerDirectoryRef: Lowering = (node, scope, context) => {
  context.reference('Directory', node.need('Id'), node.spanOf('Id'));
  lowerContent(node, { ...scope, directory: node.need('Id') }, context);
};

/** Payload of a folder below one with `FileSource` lies in a folder of its own name. */
function inSource(scope: Scope, sourceName: string | null): Scope {
  if (scope.fileSource === undefined || sourceName === null) return scope;
  return { ...scope, fileSource: `${scope.fileSource.replace(/[\\/]$/, '')}\\${sourceName}` };
}

function lowerContent(node: ElementNode, scope: Scope, context: LowerContext): void {
  const diskId = node.integer('DiskId');
  const fileSource = node.get('FileSource');
  context.lowerChildren(node, {
    ...scope,
    ...(diskId === undefined ? {} : { diskId }),
    ...(fileSource === undefined ? {} : { fileSource }),
  });
}

/** The long name, or null for the parent's folder itself. */
function folderName(node: ElementNode, attribute: string, context: LowerContext): string | null {
  const name = node.get(attribute) ?? '.';
  if (name === '.') return null;
  if (isLongName(name)) return name;
  context.report(
    problem.unusableName(node.spanOf(attribute), name, 'a folder name without \\ / : * ? " < > | was expected'),
  );
  return null;
}

function columnName(name: string | null, shortName: string | undefined, parent: string | null): string {
  if (name === null) return '.';
  if (shortName !== undefined) return nameColumn(name, shortName);
  return isShortName(name) || parent === null
    ? name
    : nameColumn(name, generatedShortName(name, false, 'Directory', parent));
}

export const directoryLowerings: Lowerings = { Directory: lowerDirectory, DirectoryRef: lowerDirectoryRef };
