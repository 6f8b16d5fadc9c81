/** What several benchmarks start from. */
import { join } from 'node:path';
import { loadProduct, type Product } from '../../installer/product/load-product.ts';
import { cacheDir } from '../../installer/tools/cache-dir.ts';
import { windowsNode } from '../../installer/tools/windows-runtime.ts';
import { projectRoot } from '../lib/project.ts';

/** The default product. Throws when its file is wrong. */
export async function defaultProduct(): Promise<Product> {
  const loaded = await loadProduct(join(projectRoot, 'installer', 'product.json'));
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  return loaded.product;
}

/** Path of the Windows node.exe that the default product uses, fetched when it is not in the cache. */
export async function windowsNodeFile(): Promise<string> {
  const { runtime } = await defaultProduct();
  const { signal } = new AbortController();
  const options = { cacheDir: cacheDir(), projectDir: projectRoot, signal, onProgress: () => undefined };
  return (await windowsNode(runtime.node, 'x64', options)).path;
}
