/** AppId, Class, Interface, FileTypeMask, TypeLib: rows of their tables when advertised, registry values when not. */
import * as problem from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import { classesRoot, isAdvertised, refuseAttributes } from './advertise.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

const RELATIVE_PATH = 1;
/** "Safe for initializing" and "safe for scripting". Source: Windows SDK, objsafe.h. */
const SAFETY: Readonly<Record<string, string>> = {
  SafeForInitializing: '{7DD95802-9882-11CF-9FA9-00AA006C42C4}',
  SafeForScripting: '{7DD95801-9882-11CF-9FA9-00AA006C42C4}',
};

const lowerAppId: Lowering = (node, scope, context) => {
  const id = canonicalGuid(node.need('Id'));
  // At the top of a source there is no component whose registry values could stand for it.
  const advertised = scope.component === undefined || isAdvertised(node, scope, context);
  context.lowerChildren(node, { ...scope, registration: { ...scope.registration, advertised, appId: id } });
  const texts = ['RemoteServerName', 'LocalService', 'ServiceParameters', 'DllSurrogate'];
  if (advertised) {
    refuseAttributes(node, ['Description'], { advertised, context });
    context.define('AppId', id, node.span);
    const cells = Object.fromEntries(texts.map((name) => [name, node.orNull(name)]));
    const flags = {
      ActivateAtStorage: node.yes('ActivateAtStorage') ? 1 : null,
      RunAsInteractiveUser: node.yes('RunAsInteractiveUser') ? 1 : null,
    };
    context.row('AppId', { AppId: id, ...cells, ...flags }, node.span);
    return;
  }
  const add = classesRoot(node, scope, context);
  const key = `AppID\\${id}`;
  if (node.has('Description')) add(key, null, node.need('Description'));
  else add(key, '+', null);
  for (const name of texts) if (node.has(name)) add(key, name, node.need(name));
  if (node.yes('ActivateAtStorage')) add(key, 'ActivateAtStorage', 'Y');
  if (node.yes('RunAsInteractiveUser')) add(key, 'RunAs', 'Interactive User');
};

const lowerClass: Lowering = (node, scope, context) => {
  const advertised = isAdvertised(node, scope, context);
  const classId = canonicalGuid(node.need('Id'));
  const contexts = (node.get('Context') ?? '').split(/\s+/).filter((part) => part !== '');
  const registration = {
    ...scope.registration,
    advertised,
    classId,
    classDescription: node.get('Description'),
    proxy: contexts.some((name) => !name.endsWith('32')),
    proxy32: contexts.some((name) => name.endsWith('32')),
    progIds: { count: 0 },
    masks: { count: 0 },
  };
  if (advertised) advertiseClass(node, scope, { classId, contexts, context });
  else registerClass(node, scope, { classId, contexts, context });
  context.lowerChildren(node, { ...scope, registration });
  registerExtras(node, scope, { classId, contexts, context });
};

interface ClassFacts {
  readonly classId: string;
  readonly contexts: readonly string[];
  readonly context: LowerContext;
}

function advertiseClass(node: ElementNode, scope: Scope, { classId, contexts, context }: ClassFacts): void {
  refuseAttributes(node, ['ForeignServer', 'Server'], { advertised: true, context });
  if (contexts.length === 0)
    context.report(problem.neededAttribute(node.span, 'Class', 'with Advertise="yes", "Context" is needed'));
  const appId = node.has('AppId') ? canonicalGuid(node.need('AppId')) : (scope.registration?.appId ?? null);
  if (appId !== null) context.reference('AppId', appId, node.spanOf('AppId'));
  context.reference('Icon', node.get('Icon'), node.spanOf('Icon'));
  const masks = node.childrenNamed('FileTypeMask').map((child) => maskText(child, context));
  for (const name of contexts) {
    const component = scope.component?.id ?? '';
    context.row(
      'Class',
      {
        CLSID: classId,
        Context: name,
        Component_: component,
        ProgId_Default: node.childrenNamed('ProgId')[0]?.need('Id') ?? null,
        Description: node.orNull('Description'),
        AppId_: appId,
        FileTypeMask: masks.join(';') || null,
        Icon_: node.orNull('Icon'),
        IconIndex: node.integer('IconIndex') ?? null,
        DefInprocHandler: node.orNull('Handler'),
        Argument: node.orNull('Argument'),
        Feature_: { featureOf: component },
        Attributes: node.yes('RelativePath') ? RELATIVE_PATH : null,
      },
      node.span,
    );
  }
}

function registerClass(node: ElementNode, scope: Scope, { classId, contexts, context }: ClassFacts): void {
  refuseAttributes(node, ['AppId', 'RelativePath'], { advertised: false, context });
  context.reference('File', node.get('Server'), node.spanOf('Server'));
  const file = scope.file ?? node.get('Server');
  const foreign = node.get('ForeignServer');
  if (file === undefined && foreign === undefined)
    context.report(
      problem.neededAttribute(node.span, 'Class', 'outside of a File, "Server" or "ForeignServer" is needed'),
    );
  if (file !== undefined && foreign !== undefined)
    context.report(
      problem.unusableCombination(node.span, 'Class', 'it has a file and a "ForeignServer", one of them is enough'),
    );
  const add = classesRoot(node, scope, context);
  const icon = iconText(node, context);
  for (const name of contexts) {
    add(`CLSID\\${classId}\\${name}`, null, serverText(node, name, file === undefined ? { foreign } : { file }));
    if (icon !== undefined) add(`CLSID\\${classId}\\${name}\\DefaultIcon`, null, icon);
  }
  const appId = scope.registration?.appId;
  if (appId !== undefined) add(`CLSID\\${classId}`, 'AppID', appId);
  if (node.has('Description')) add(`CLSID\\${classId}`, null, node.need('Description'));
  for (const [key, library] of handlers(node.get('Handler'))) add(`CLSID\\${classId}\\${key}`, null, library);
}

/** What `DefaultIcon` holds for a file and an index in it. */
export function iconText(node: ElementNode, context: LowerContext): string | undefined {
  const icon = node.get('Icon');
  if (icon === undefined) return undefined;
  context.reference('File', icon, node.spanOf('Icon'));
  const index = node.integer('IconIndex');
  return `"[#${icon}]"${index === undefined ? '' : `,${index}`}`;
}

function serverText(
  node: ElementNode,
  name: string,
  server: { readonly file?: string; readonly foreign?: string | undefined },
): string | null {
  const short = node.yes('ShortPath');
  if (name.startsWith('Inproc'))
    return server.file === undefined ? (server.foreign ?? null) : `[${short ? '!' : '#'}${server.file}]`;
  const path = short ? `[!${server.file}]` : `"[#${server.file}]"`;
  const argument = node.get('Argument');
  return `${server.file === undefined ? (server.foreign ?? '') : path}${argument === undefined ? '' : ` ${argument}`}`;
}

function handlers(handler: string | undefined): readonly (readonly [string, string])[] {
  if (handler === undefined) return [];
  const [old, modern] = [['InprocHandler', 'ole.dll'] as const, ['InprocHandler32', 'ole32.dll'] as const];
  return { 1: [old], 2: [modern], 3: [old, modern] }[handler] ?? [['InprocHandler32', handler]];
}

/** What the Class table has no column for is in the registry, advertised or not. */
function registerExtras(node: ElementNode, scope: Scope, { classId, contexts, context }: ClassFacts): void {
  const add = classesRoot(node, scope, context);
  const key = `CLSID\\${classId}`;
  const model = node.get('ThreadingModel');
  if (model !== undefined)
    for (const name of contexts)
      add(`${key}\\${name}`, 'ThreadingModel', model.charAt(0).toUpperCase() + model.slice(1));
  const library = scope.registration?.typeLib;
  if (library !== undefined) add(`${key}\\TypeLib`, null, library.id);
  if (node.has('Version')) add(`${key}\\Version`, null, node.need('Version'));
  // `*` makes and removes the whole key.
  if (node.has('Insertable')) add(`${key}\\${node.yes('Insertable') ? 'Insertable' : 'NotInsertable'}`, '*', null);
  for (const name of ['Control', 'Programmable']) if (node.yes(name)) add(`${key}\\${name}`, '*', null);
  for (const [name, category] of Object.entries(SAFETY))
    if (node.yes(name)) add(`${key}\\Implemented Categories\\${category}`, '*', null);
}

function maskText(node: ElementNode, context: LowerContext): string {
  const [mask, value] = [node.need('Mask'), node.need('Value')];
  if (mask.length !== value.length)
    context.report(problem.unusableCombination(node.span, 'FileTypeMask', '"Mask" and "Value" differ in length'));
  return [node.integer('Offset'), Math.floor(mask.length / 2), mask, value].join(',');
}

const lowerFileTypeMask: Lowering = (node, scope, context) => {
  const { registration } = scope;
  if (registration?.advertised !== false || registration.masks === undefined) return;
  const key = `FileType\\${registration.classId}\\${registration.masks.count}`;
  registration.masks.count += 1;
  classesRoot(node, scope, context)(key, null, maskText(node, context));
};

const lowerInterface: Lowering = (node, scope, context) => {
  const add = classesRoot(node, scope, context);
  const { registration } = scope;
  const key = `Interface\\${canonicalGuid(node.need('Id'))}`;
  const library = registration?.typeLib;
  add(key, null, node.need('Name'));
  if (library !== undefined) {
    add(`${key}\\TypeLib`, null, library.id);
    if (node.yes('Versioned', true)) add(`${key}\\TypeLib`, 'Version', library.version ?? null);
  }
  if (node.has('BaseInterface')) add(`${key}\\BaseInterface`, null, canonicalGuid(node.need('BaseInterface')));
  if (node.has('NumMethods')) add(`${key}\\NumMethods`, null, String(node.integer('NumMethods')));
  const proxy = (attribute: string, own: boolean | undefined) =>
    node.has(attribute) ? canonicalGuid(node.need(attribute)) : own === true ? registration?.classId : undefined;
  const old = proxy('ProxyStubClassId', registration?.proxy);
  const modern = proxy('ProxyStubClassId32', registration?.proxy32);
  if (old !== undefined) add(`${key}\\ProxyStubClsid`, null, old);
  if (modern !== undefined) add(`${key}\\ProxyStubClsid32`, null, modern);
};

export const comClassLowerings: Lowerings = {
  AppId: lowerAppId,
  Class: lowerClass,
  FileTypeMask: lowerFileTypeMask,
  Interface: lowerInterface,
};
