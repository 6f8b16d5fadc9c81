/** TypeLib: a row of its table when advertised, registry values when not. */
import * as problem from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import { classesRoot, isAdvertised, refuseAttributes } from './advertise.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

/** LIBFLAGS of OLE automation. */
const FLAGS: Readonly<Record<string, number>> = { Restricted: 1, Control: 2, Hidden: 4, HasDiskImage: 8 };

const lowerTypeLib: Lowering = (node, scope, context) => {
  const advertised = isAdvertised(node, scope, context);
  const id = canonicalGuid(node.need('Id'));
  const [major, minor] = [node.integer('MajorVersion'), node.integer('MinorVersion')];
  const versioned = major !== undefined || minor !== undefined;
  // Versions of type libraries are hexadecimal in the registry.
  const version = versioned ? `${(major ?? 0).toString(16)}.${(minor ?? 0).toString(16)}` : undefined;
  context.reference('Directory', node.get('HelpDirectory'), node.spanOf('HelpDirectory'));
  // What is in a library decides for itself whether it is advertised.
  const { advertised: _, ...outer } = { advertised, ...scope.registration };
  context.lowerChildren(node, { ...scope, registration: { ...outer, typeLib: { id, version } } });
  if (!advertised) {
    registerTypeLib(node, scope, { id, version, context });
    return;
  }
  refuseAttributes(node, ['ResourceId', ...Object.keys(FLAGS).filter((name) => node.yes(name))], {
    advertised,
    context,
  });
  const component = scope.component?.id ?? '';
  context.row(
    'TypeLib',
    {
      LibID: id,
      Language: node.integer('Language') ?? 0,
      Component_: component,
      Version: versioned ? (major ?? 0) * 256 + (minor ?? 0) : null,
      Description: node.orNull('Description'),
      Directory_: node.orNull('HelpDirectory'),
      Feature_: { featureOf: component },
      Cost: node.integer('Cost') ?? null,
    },
    node.span,
  );
};

function registerTypeLib(
  node: ElementNode,
  scope: Scope,
  {
    id,
    version,
    context,
  }: { readonly id: string; readonly version: string | undefined; readonly context: LowerContext },
): void {
  refuseAttributes(node, ['Cost'], { advertised: false, context });
  if (scope.file === undefined)
    context.report(
      problem.unusableCombination(
        node.span,
        'TypeLib',
        'unless it is advertised, it belongs in the File that holds it',
      ),
    );
  if (version === undefined)
    context.report(problem.neededAttribute(node.span, 'TypeLib', '"MajorVersion" or "MinorVersion" is needed'));
  const add = classesRoot(node, scope, context);
  const key = `TypeLib\\${id}\\${version}`;
  const resource = node.has('ResourceId') ? `\\${node.integer('ResourceId')}` : '';
  const flags = Object.entries(FLAGS).reduce((bits, [name, bit]) => (node.yes(name) ? bits | bit : bits), 0);
  const platform = scope.component?.win64 === true ? 'win64' : 'win32';
  add(key, null, node.get('Description') ?? null);
  add(`${key}\\${node.integer('Language')}\\${platform}`, null, `[#${scope.file}]${resource}`);
  add(`${key}\\FLAGS`, null, String(flags));
  if (node.has('HelpDirectory')) add(`${key}\\HELPDIR`, null, `[${node.need('HelpDirectory')}]`);
}

export const typeLibLowerings: Lowerings = { TypeLib: lowerTypeLib };
