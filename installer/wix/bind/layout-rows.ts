/** Rows of Directory, Component, Feature and FeatureComponents. */
import type { Diagnostic } from '../../diagnostic.ts';
import type { LinkedProduct } from '../link/link.ts';
import { componentGuid } from './component-guids.ts';
import type { DirectoryPaths } from './directory-paths.ts';
import type { MediaLayout } from './media.ts';
import type { TableBuilder } from './table-builder.ts';

export function addLayoutRows(
  builder: TableBuilder,
  product: LinkedProduct,
  at: {
    readonly layout: MediaLayout;
    readonly paths: DirectoryPaths;
    readonly report: (diagnostic: Diagnostic) => void;
  },
): void {
  for (const { id, parent, defaultDir, span } of product.directories) {
    builder.add('Directory', { Directory: id, Directory_Parent: parent, DefaultDir: defaultDir }, span);
  }
  const filesOf = Map.groupBy(at.layout.files, ({ symbol }) => symbol.component);
  for (const component of product.components) {
    const { id, directory, attributes, condition, keyPath, span } = component;
    const guid = componentGuid(component, { files: filesOf.get(id) ?? [], paths: at.paths, report: at.report });
    const key = keyPath.kind === 'directory' ? null : keyPath.id;
    builder.add(
      'Component',
      {
        Component: id,
        ComponentId: guid,
        Directory_: directory,
        Attributes: attributes,
        Condition: condition,
        KeyPath: key,
      },
      span,
    );
  }
  for (const feature of product.features) {
    const { id, parent, title, description, display, level, directory, attributes, span } = feature;
    const cells = {
      Feature: id,
      Feature_Parent: parent,
      Title: title,
      Description: description,
      Display: display,
      Level: level,
    };
    builder.add('Feature', { ...cells, Directory_: directory, Attributes: attributes }, span);
  }
  for (const { feature, component } of product.featureComponents) {
    builder.add('FeatureComponents', { Feature_: feature, Component_: component }, product.span);
  }
}
