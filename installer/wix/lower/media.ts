/** Media, MediaTemplate and the tables that hold whole files: Binary and Icon. */
import * as problem from '../diagnostics.ts';
import type { ElementNode } from './element-node.ts';
import type { LowerContext, Lowering, Lowerings } from './lower-context.ts';

const MEBIBYTE = 1024 * 1024;

const lowerMedia: Lowering = (node, _scope, context) => {
  const cabinet = node.orNull('Cabinet');
  if (cabinet === null && node.yes('EmbedCab')) {
    context.report(problem.neededAttribute(node.span, 'Media', '"EmbedCab" needs "Cabinet"'));
  }
  context.define('Media', node.need('Id'), node.span);
  context.section.media.push({
    diskId: node.integer('Id') ?? 0,
    cabinet,
    source: node.orNull('Source'),
    ...shared(node, context),
  });
};

const lowerMediaTemplate: Lowering = (node, _scope, context) => {
  context.section.mediaTemplate = {
    cabinetTemplate: node.get('CabinetTemplate') ?? 'cab{0}.cab',
    maxUncompressedBytes: (node.integer('MaximumUncompressedMediaSize') ?? 200) * MEBIBYTE,
    ...shared(node, context),
  };
};

function shared(node: ElementNode, context: LowerContext) {
  if (node.has('DiskPrompt')) context.reference('Property', 'DiskPrompt', node.spanOf('DiskPrompt'));
  return {
    embedded: node.yes('EmbedCab'),
    compression: node.get('CompressionLevel') ?? 'mszip',
    diskPrompt: node.orNull('DiskPrompt'),
    volumeLabel: node.orNull('VolumeLabel'),
    span: node.span,
  };
}

function lowerStoredFile(table: 'Binary' | 'Icon'): Lowering {
  return (node, _scope, context) => {
    const id = node.need('Id');
    context.define(table, id, node.span);
    context.row(table, { Name: id, Data: { source: node.need('SourceFile') } }, node.spanOf('SourceFile'));
  };
}

export const mediaLowerings: Lowerings = {
  Media: lowerMedia,
  MediaTemplate: lowerMediaTemplate,
  Binary: lowerStoredFile('Binary'),
  Icon: lowerStoredFile('Icon'),
};
