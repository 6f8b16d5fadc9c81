/** ProgId, Extension, MIME, Verb and Category. */
import * as problem from '../diagnostics.ts';
import { canonicalGuid } from '../generated-names.ts';
import { classesRoot, isAdvertised, refuseAttributes } from './advertise.ts';
import { iconText } from './com-class.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings, Scope } from './lower-context.ts';

const lowerProgId: Lowering = (node, scope, context) => {
  const { registration = {} } = scope;
  const advertised = isAdvertised(node, scope, context);
  const progId = node.need('Id');
  const parent = scope.parent === 'ProgId' ? registration.progId : undefined;
  const inherited = scope.parent === 'ProgId' ? registration.progIdDescription : registration.classDescription;
  const description = node.get('Description') ?? inherited ?? null;
  if (parent !== undefined && registration.progIdParent !== undefined)
    context.report(problem.unusableCombination(node.span, 'ProgId', 'only one ProgId may be in another'));
  if (parent !== undefined && (node.has('Icon') || node.has('IconIndex')))
    context.report(
      problem.unusableCombination(node.span, 'ProgId', 'one that stands for any version has no icon of its own'),
    );
  const classId = parent !== undefined && advertised ? undefined : registration.classId;
  const first = isFirst(parent === undefined ? registration.progIds : registration.nestedProgIds);
  context.lowerChildren(node, {
    ...scope,
    registration: {
      ...registration,
      advertised,
      progId,
      progIdParent: parent,
      progIdDescription: description ?? undefined,
      nestedProgIds: { count: 0 },
    },
  });
  if (advertised) {
    context.reference('Icon', node.get('Icon'), node.spanOf('Icon'));
    for (const table of ['Extension', 'Class']) context.section.ensuredTables.push({ table, span: node.span });
    const icon = { Icon_: node.orNull('Icon'), IconIndex: node.integer('IconIndex') ?? null };
    const cells = { ProgId: progId, ProgId_Parent: parent ?? null, Class_: classId ?? null, Description: description };
    context.row('ProgId', { ...cells, ...icon }, node.span);
  } else registerProgId(node, scope, { progId, parent, classId, description, first, context });
  if (node.has('NoOpen')) classesRoot(node, scope, context)(progId, 'NoOpen', node.need('NoOpen'));
};

function isFirst(counter: { count: number } | undefined): boolean {
  if (counter === undefined) return false;
  counter.count += 1;
  return counter.count === 1;
}

interface ProgIdFacts {
  readonly progId: string;
  readonly parent: string | undefined;
  readonly classId: string | undefined;
  readonly description: string | null;
  /** Whether it is the one that its class names. */
  readonly first: boolean;
  readonly context: LowerContext;
}

function registerProgId(node: ElementNode, scope: Scope, facts: ProgIdFacts): void {
  const { progId, parent, classId, description, first, context } = facts;
  const add = classesRoot(node, scope, context);
  add(progId, null, description);
  if (classId !== undefined) {
    add(`${progId}\\CLSID`, null, classId);
    if (first) add(`CLSID\\${classId}\\${parent === undefined ? '' : 'VersionIndependent'}ProgID`, null, progId);
    if (parent !== undefined) add(`${progId}\\CurVer`, null, parent);
  }
  const icon = iconText(node, context);
  if (icon !== undefined) add(`${progId}\\DefaultIcon`, null, icon);
}

const lowerExtension: Lowering = (node, scope, context) => {
  const { registration = {} } = scope;
  const advertised = isAdvertised(node, scope, context);
  const extension = node.need('Id');
  const progId = registration.progId ?? null;
  context.lowerChildren(node, { ...scope, registration: { ...registration, advertised, extension } });
  const standard = node.childrenNamed('MIME').find((child) => child.yes('Default'));
  const mime = node.get('ContentType') ?? standard?.need('ContentType') ?? null;
  if (advertised) {
    const component = scope.component?.id ?? '';
    context.section.ensuredTables.push({ table: 'Verb', span: node.span });
    const cells = { Extension: extension, Component_: component, ProgId_: progId, MIME_: mime };
    context.row('Extension', { ...cells, Feature_: { featureOf: component } }, node.span);
    return;
  }
  const add = classesRoot(node, scope, context);
  add(`.${extension}`, null, progId);
  if (mime !== null) add(`.${extension}`, 'Content Type', mime);
};

const lowerMime: Lowering = (node, scope, context) => {
  const extension = scope.registration?.extension ?? '';
  const classId = node.has('Class') ? canonicalGuid(node.need('Class')) : null;
  const contentType = node.need('ContentType');
  if (isAdvertised(node, scope, context)) {
    context.row('MIME', { ContentType: contentType, Extension_: extension, CLSID: classId }, node.span);
    return;
  }
  const add = classesRoot(node, scope, context);
  const key = `MIME\\Database\\Content Type\\${contentType}`;
  add(key, 'Extension', `.${extension}`);
  if (classId !== null) add(key, 'CLSID', classId);
};

const lowerVerb: Lowering = (node, scope, context) => {
  const { registration } = scope;
  const advertised = registration?.advertised === true;
  const [id, extension] = [node.need('Id'), registration?.extension ?? ''];
  if (advertised) {
    refuseAttributes(node, ['Target', 'TargetFile', 'TargetProperty'], { advertised, context });
    const cells = { Extension_: extension, Verb: id, Sequence: node.integer('Sequence') ?? null };
    const texts = { Command: node.orNull('Command'), Argument: node.orNull('Argument') };
    context.row('Verb', { ...cells, ...texts }, node.span);
    return;
  }
  refuseAttributes(node, ['Sequence'], { advertised, context });
  context.reference('File', node.get('TargetFile'), node.spanOf('TargetFile'));
  const targets = ['Target', 'TargetFile', 'TargetProperty'].filter((name) => node.has(name));
  if (targets.length !== 1)
    context.report(
      problem.neededAttribute(
        node.span,
        'Verb',
        'unless it is advertised, exactly one of "TargetFile", "TargetProperty" and "Target" is needed',
      ),
    );
  const target = node.has('TargetFile')
    ? `"[#${node.need('TargetFile')}]"`
    : node.has('TargetProperty')
      ? `"[${node.need('TargetProperty')}]"`
      : node.need('Target');
  const command = node.has('Argument') ? `${target} ${node.need('Argument')}` : target;
  const add = classesRoot(node, scope, context);
  const prefix = registration?.progId ?? `.${extension}`;
  if (node.has('Command')) add(`${prefix}\\shell\\${id}`, null, node.need('Command'));
  add(`${prefix}\\shell\\${id}\\command`, null, command);
};

export const fileTypeLowerings: Lowerings = {
  ProgId: lowerProgId,
  Extension: lowerExtension,
  MIME: lowerMime,
  Verb: lowerVerb,
  Category: (node, scope, context) => {
    const component = scope.component?.id ?? '';
    context.reference('Feature', node.get('Feature'), node.spanOf('Feature'));
    context.row(
      'PublishComponent',
      {
        ComponentId: canonicalGuid(node.need('Id')),
        Qualifier: node.need('Qualifier'),
        Component_: component,
        AppData: node.orNull('AppData'),
        Feature_: node.get('Feature') ?? { featureOf: component },
      },
      node.span,
    );
  },
};
