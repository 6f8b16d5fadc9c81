/**
 * Elements to symbols. The table of lowerings is keyed by element name, or by `Parent/Element` where the meaning
 * depends on the parent; a new element is a new entry in its family's file.
 */
import type { Diagnostic } from '../../diagnostic.ts';
import * as problem from '../diagnostics.ts';
import type { Architecture } from '../preprocess/variables.ts';
import { createSection, type Section } from '../symbols.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { comClassLowerings } from './com-class.ts';
import { componentLowerings } from './component.ts';
import { componentResourceLowerings } from './component-resources.ts';
import { controlEventLowerings } from './control-events.ts';
import { copyFileLowerings } from './copy-file.ts';
import { customActionLowerings } from './custom-action.ts';
import { customTableLowerings } from './custom-table.ts';
import { dialogLowerings } from './dialog.ts';
import { directoryLowerings } from './directory.ts';
import { ElementNode } from './element-node.ts';
import { environmentLowerings } from './environment.ts';
import { featureLowerings } from './feature.ts';
import { fileLowerings } from './file.ts';
import { fileTypeLowerings } from './file-type.ts';
import { folderLowerings } from './folder.ts';
import type { LowerContext, Lowerings, Scope } from './lower-context.ts';
import { mediaLowerings } from './media.ts';
import { odbcLowerings } from './odbc.ts';
import { permissionLowerings } from './permission.ts';
import { productLowerings } from './product.ts';
import { propertyLowerings } from './property.ts';
import { registryLowerings } from './registry.ts';
import { searchLowerings } from './search.ts';
import { sequenceLowerings } from './sequence.ts';
import { serviceLowerings } from './service.ts';
import { serviceConfigLowerings } from './service-config.ts';
import { shortcutLowerings } from './shortcut.ts';
import { typeLibLowerings } from './type-lib.ts';
import { uiLowerings } from './ui.ts';
import { upgradeLowerings } from './upgrade.ts';

const lowerings: Lowerings = {
  ...productLowerings,
  ...mediaLowerings,
  ...directoryLowerings,
  ...componentLowerings,
  ...featureLowerings,
  ...fileLowerings,
  ...copyFileLowerings,
  ...folderLowerings,
  ...registryLowerings,
  ...permissionLowerings,
  ...serviceLowerings,
  ...serviceConfigLowerings,
  ...environmentLowerings,
  ...shortcutLowerings,
  ...propertyLowerings,
  ...searchLowerings,
  ...customActionLowerings,
  ...sequenceLowerings,
  ...upgradeLowerings,
  ...customTableLowerings,
  ...uiLowerings,
  ...dialogLowerings,
  ...controlEventLowerings,
  ...comClassLowerings,
  ...typeLibLowerings,
  ...fileTypeLowerings,
  ...componentResourceLowerings,
  ...odbcLowerings,
};

export interface Lowered {
  readonly sections: readonly Section[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lowers a document that the schema has accepted. */
export function lower(root: XmlElement, architecture: Architecture): Lowered {
  const diagnostics: Diagnostic[] = [];
  const sections = new ElementNode(root).children.map((node) => {
    const section = createSection(node.name === 'Product' ? 'product' : 'fragment', node.span);
    lowerChild(node, { parent: 'Wix' }, createContext(section, architecture, diagnostics));
    return section;
  });
  return { sections, diagnostics };
}

function createContext(section: Section, architecture: Architecture, diagnostics: Diagnostic[]): LowerContext {
  const context: LowerContext = {
    section,
    architecture,
    report: (diagnostic) => diagnostics.push(diagnostic),
    lowerChildren(node, scope) {
      for (const child of node.children) lowerChild(child, { ...scope, parent: node.name }, context);
    },
    row: (table, cells, span) => section.rows.push({ table, cells, span }),
    define: (table, id, span) => section.names.push({ table, id, span }),
    imply: (table, id, span) => section.names.push({ table, id, span, implied: true }),
    reference(table, id, span) {
      if (id !== undefined && id !== '') section.references.push({ table, id, span });
    },
  };
  return context;
}

function lowerChild(node: ElementNode, scope: Scope, context: LowerContext): void {
  const lowering = lowerings[`${scope.parent}/${node.name}`] ?? lowerings[node.name];
  // The schema lets only known elements through; this guards against an entry that was forgotten here.
  if (lowering === undefined) context.report(problem.unknownElement(node.span, node.name));
  else lowering(node, scope, context);
}

/** Elements that have a lowering, as `Element` or `Parent/Element`. */
export const loweredElements: readonly string[] = Object.keys(lowerings);
