import { readFileSync } from 'node:fs';
import { parseProduct } from '../../../installer/product/load-product.ts';
import { mutateText } from '../mutate.ts';
import type { FuzzTarget } from '../targets.ts';

const file = new URL('../../../installer/product.json', import.meta.url);

export const productTarget: FuzzTarget = {
  name: 'product',
  description: 'product files (JSON)',
  async prepare() {
    const text = readFileSync(file, 'utf8');
    const dictionary = [
      ...['{', '}', '[', ']', '"', ',', ':', 'null', 'true', '-1', '1e999', '0.5', '\\u0000', '\\ud800', '//', '/*'],
      ...['__proto__', 'constructor', '', ' ', '\0', 'C:\\', '../..', '{}', '[[[[', '99999999999999999999'],
    ];
    return (random) => Buffer.from(mutateText(text, dictionary, random));
  },
  async read(input) {
    const result = parseProduct(Buffer.from(input).toString('utf8'), 'product.json');
    if (!result.ok && result.diagnostics.length === 0) throw new Error('refused without a diagnostic');
    return result.ok;
  },
};
