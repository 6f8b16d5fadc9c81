import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { loadProduct, parseProduct } from '../../installer/product/load-product.ts';
import { productJsonSchema } from '../../installer/product/schema.ts';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';

const defaultFile = join(toolchainRoot, 'installer', 'product.json');
const defaultText = readFileSync(defaultFile, 'utf8');

/** The default product with `change` applied, as text. */
function changed(change: (product: Record<string, never>) => void): string {
  const product = JSON.parse(defaultText);
  change(product);
  return JSON.stringify(product, undefined, 2);
}

function errorsOf(text: string): string[] {
  const result = parseProduct(text, 'product.json');
  return result.ok ? [] : result.diagnostics.map(formatDiagnostic);
}

test('parseProduct reports every error at once, each with place, path and expectation', () => {
  const text = `{
  "name": "Vi/gil", "nam": 3,
  "manufacturer": 5,
  "upgradeCode": "{abc}",
  "service": {
    "name": "a b", "displayNam": "x", "startType": "automatic",
    "recovery": { "resetPeriodSeconds": 0, "actions": [{ "action": "rest" }] }
  },
  "workers": [{ "name": "A", "entry": "x.py" }]
}`;
  expect(errorsOf(text)).toEqual([
    'product.json:1:1: error VGL1003: description: missing, expected string',
    'product.json:1:1: error VGL1003: executable: missing, expected string',
    'product.json:1:1: error VGL1003: runtime: missing, expected object',
    'product.json:2:11: error VGL1002: name: found "Vi/gil", expected a name without any of \\ / : * ? " < > | [ ] { }',
    'product.json:2:21: error VGL1004: nam: unknown setting, did you mean "name"?',
    'product.json:3:19: error VGL1002: manufacturer: found 5, expected string',
    'product.json:4:18: error VGL1002: upgradeCode: found "{abc}", expected an upper-case GUID in braces, such as {…}',
    'product.json:5:14: error VGL1003: service.displayName: missing, expected string',
    'product.json:5:14: error VGL1003: service.description: missing, expected string',
    'product.json:6:13: error VGL1002: service.name: found "a b", expected letters, digits, dot, hyphen and underscore only',
    'product.json:6:20: error VGL1004: service.displayNam: unknown setting, did you mean "displayName"?',
    'product.json:6:52: error VGL1002: service.startType: found "automatic", expected "auto" or "delayed" or "demand" or "disabled"',
    'product.json:7:41: error VGL1002: service.recovery.resetPeriodSeconds: found 0, expected 60 or more: a shorter period resets the count before the actions are used up',
    'product.json:7:68: error VGL1002: service.recovery.actions[0].action: found "rest", expected "restart" or "reboot" or "none"',
    'product.json:9:25: error VGL1002: workers[0].name: found "A", expected lower-case letters, digits and hyphens, starting with a letter',
    'product.json:9:39: error VGL1002: workers[0].entry: found "x.py", expected a TypeScript or JavaScript file (.ts .mts .cts .js .mjs .cjs)',
  ]);
});

test('parseProduct names the place of a syntax error', () => {
  expect(errorsOf('{\n  "name": \n}')).toEqual(['product.json:3:1: error VGL1001: Not JSON: value expected']);
  expect(errorsOf('')).toEqual(['product.json:1:1: error VGL1001: The file is empty, expected a JSON object']);
});

test('parseProduct refuses brackets deeper than any call stack', () => {
  const deep = '[1, '.repeat(100_000);
  expect(errorsOf(deep)).toEqual([
    'product.json:1:401: error VGL1001: Not a product file: brackets more than 100 deep',
  ]);
});

test('parseProduct answers when a comment has no end', () => {
  expect(errorsOf('{}/*')).toHaveLength(1);
});

test('parseProduct shows a hundred faults of a file that has nothing else, in good time', () => {
  expect(errorsOf(`{${'"a": 1 \n'.repeat(20_000)}}`)).toHaveLength(100);
});

test.each([
  ['a version beyond what Windows Installer compares', 'version', '256.0.0'],
  ['a version of four fields', 'version', '1.2.3.4'],
  ['a name that ends with a dot', 'name', 'Vigil.'],
  ['a name that Windows Installer would format', 'name', '[TARGETDIR]'],
  ['a lower-case upgrade code', 'upgradeCode', '{5e0c7a0b-6e0f-4c7b-9b1e-0b6b4b8f3d21}'],
  ['an executable with its extension', 'executable', 'vigil.exe'],
])('parseProduct refuses %s', (_what, key, value) => {
  const errors = errorsOf(changed((product) => Object.assign(product, { [key]: value })));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(`VGL1002: ${key}: found "${value}"`);
});

test.each(['../secret', 'a/../../b', '/etc/passwd', 'C:/x', 'a\\b'])(
  'parseProduct refuses to install a file as "%s"',
  (as) => {
    const errors = errorsOf(changed((product) => Object.assign(product, { files: [{ source: 'LICENSE', as }] })));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('files[0].as');
  },
);

test('parseProduct refuses settings that no package could carry out, each at its place', () => {
  const settings = [
    { property: 'PORT', type: 'integer', default: 'http', description: 'x' },
    { property: 'COLOUR', type: 'choice', description: 'x' },
    { property: 'INSTALLDIR', description: 'x' },
    { property: 'REINSTALL', description: 'x' },
    { property: 'REMEMBERED_X', description: 'x' },
    { property: 'port', description: 'x' },
    { property: 'A', type: 'text', minimum: 1, values: ['a'], description: 'x' },
    { property: 'B', type: 'flag', default: 'yes', description: 'x' },
    { property: 'C', type: 'choice', values: ['say "yes"'], description: 'x' },
  ];
  const errors = errorsOf(changed((product) => Object.assign(product, { settings })));
  expect(errors.map((error) => error.replace(/^\S+ error VGL1002: /, '').replace(/\s+/g, ' '))).toEqual([
    'settings[0].default: found "http", expected an integer from -2147483647 to 2147483647',
    'settings[1].type: found "choice", expected "values" beside the type choice',
    'settings[2].property: found "INSTALLDIR", expected another name: every package has that property already',
    'settings[3].property: found "REINSTALL", expected another name: it is a property of Windows Installer',
    'settings[4].property: found "REMEMBERED_X", expected another name: names that start with REMEMBERED_ are taken',
    'settings[5].property: found "port", expected at most 40 upper-case letters, digits and underscores',
    'settings[6].minimum: found 1, expected only for the type integer',
    'settings[6].values: found [ "a" ], expected only for the type choice',
    'settings[7].default: found "yes", expected "0" or "1"',
    'settings[8].values[0]: found "say \\"yes\\"", expected a value without quotes, control characters and a leading #',
  ]);
});

test('parseProduct refuses a setting whose property another one has', () => {
  const setting = { property: 'PORT', description: 'x' };
  const errors = errorsOf(changed((product) => Object.assign(product, { settings: [setting, setting] })));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('settings[1].property: found "PORT", expected a name that is not used before');
});

test('loadProduct takes the version of the nearest package.json', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigil product '));
  cpSync(defaultFile, join(dir, 'product.json'));
  writeFileSync(join(dir, 'package.json'), '{ "version": "4.5.6" }');
  const loaded = await loadProduct(join(dir, 'product.json'));
  expect(loaded).toMatchObject({ ok: true, product: { version: '4.5.6', dir } });
});

test('loadProduct says which version of package.json does not fit', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigil product '));
  cpSync(defaultFile, join(dir, 'product.json'));
  writeFileSync(join(dir, 'package.json'), '{ "version": "4.5.6-beta.1" }');
  const loaded = await loadProduct(join(dir, 'product.json'));
  expect(loaded.ok ? '' : loaded.diagnostics[0]?.message).toContain('package.json says "4.5.6-beta.1"');
});

test('loadProduct names a package.json that is not JSON', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigil product '));
  cpSync(defaultFile, join(dir, 'product.json'));
  writeFileSync(join(dir, 'package.json'), '{ "version": ');
  await expect(loadProduct(join(dir, 'product.json'))).rejects.toMatchObject({
    code: 'file-invalid',
    message: `Cannot read the version from "${join(dir, 'package.json')}": it is not JSON`,
  });
});

test('loadProduct names a product file that is not there', async () => {
  await expect(loadProduct('/no such/product.json')).rejects.toMatchObject({ code: 'file-missing' });
});

describe('the published JSON Schema', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(productJsonSchema());

  test('accepts the default product file', () => {
    expect(validate(JSON.parse(defaultText)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('refuses an unknown setting and a wrong value', () => {
    expect(validate({ ...JSON.parse(defaultText), colour: 'red' })).toBe(false);
    expect(validate({ ...JSON.parse(defaultText), upgradeCode: 'abc' })).toBe(false);
  });
});
