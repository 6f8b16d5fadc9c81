/** What the template's tests share: a product file, the MSI that comes of it, in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from '../../installer/product/load-product.ts';
import { productSchema } from '../../installer/product/schema.ts';
import { renderTemplate } from '../../installer/templates/render-template.ts';
import { serviceMsiView } from '../../installer/templates/service-msi-view.ts';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';
import { type Compiled, compileText, executable, mustCompile } from '../wix/support.ts';

const template = readFileSync(join(toolchainRoot, 'templates', 'service.wxs.hbs'), 'utf8');
const productText = readFileSync(join(toolchainRoot, 'installer', 'product.json'), 'utf8');

/** The default product with top-level `changes`; `service` is merged. */
export function makeProduct(changes: Readonly<Record<string, unknown>> = {}): Product {
  const written = JSON.parse(productText) as { readonly service: object };
  const service = { ...written.service, ...((changes.service as object | undefined) ?? {}) };
  const parsed = productSchema.parse({ ...written, ...changes, service });
  return { ...parsed, version: parsed.version ?? '1.2.3', dir: '/project', file: '/project/product.json' };
}

export function renderProduct(product: Product): string {
  const view = serviceMsiView({
    product,
    architecture: 'x64',
    executable: `/project/build/x64/${product.executable}.exe`,
    koffiAddon: '/project/build/x64/koffi.node',
    messagesDll: `/project/build/x64/${product.executable}-messages.dll`,
    wixSource: '/project/build/x64/vigil.wxs',
  });
  return renderTemplate(template, view);
}

/** The compiled template over payload of a few bytes. */
export async function compileProduct(changes: Readonly<Record<string, unknown>> = {}): Promise<Compiled> {
  const product = makeProduct(changes);
  const source = renderProduct(product);
  const payload = [...source.matchAll(/ Source(?:File)?="([^"]+)"/g)].map(([, path = '']) => path);
  const files = Object.fromEntries(
    payload.map((path) => [path, /\.(exe|dll)$/.test(path) ? executable([1, 2, 3, 4]) : `content of ${path}\n`]),
  );
  return mustCompile(await compileText(source, { files, architecture: 'x64' }));
}
