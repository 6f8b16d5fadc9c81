/**
 * The services template rendered for the default product, without the elements that wixl has no way to take: a new one in
 * the template that wixl refuses belongs into the list here.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadProduct } from '../../../installer/product/load-product.ts';
import { renderTemplate } from '../../../installer/templates/render-template.ts';
import { serviceMsiView } from '../../../installer/templates/service-msi-view.ts';
import { toolchainRoot } from '../../../installer/tools/toolchain.ts';

const NOT_FOR_WIXL = [
  'PermissionEx',
  'Condition',
  'CustomAction',
  'Custom',
  'Icon',
  'RemoveFile',
  'ServiceConfig',
  'SetProperty',
];

/** `payload` is the folder with stand-ins for the executable, its addon and its messages. */
export async function templateSource(payload: string): Promise<string> {
  const loaded = await loadProduct(join(toolchainRoot, 'installer', 'product.json'));
  if (!loaded.ok) throw new Error('the default product has errors');
  const template = await readFile(join(toolchainRoot, 'templates', 'service.wxs.hbs'), 'utf8');
  const input = {
    product: { ...loaded.product, files: [] },
    architecture: 'x64' as const,
    executable: join(payload, 'versioned.exe'),
    koffiAddon: join(payload, 'tool.exe'),
    messagesDll: join(payload, 'messages.dll'),
    wixSource: join(payload, '..', 'template.wxs'),
  };
  const source = renderTemplate(template, serviceMsiView(input));
  const known = NOT_FOR_WIXL.reduce(withoutElement, source);
  return known.replace(/\bSource="[^"]*"/g, (attribute) => attribute.replaceAll('\\', '/'));
}

/** Elements of that name do not hold others of it. */
function withoutElement(source: string, name: string): string {
  const attributes = '(?:[^>"]|"[^"]*")*?';
  return source.replace(new RegExp(`<${name}(?=[\\s>/])${attributes}(?:/>|>[^]*?</${name}>)`, 'g'), '');
}
