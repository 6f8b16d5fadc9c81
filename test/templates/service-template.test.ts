import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Product } from '../../installer/product/load-product.ts';
import { productSchema } from '../../installer/product/schema.ts';
import { renderTemplate } from '../../installer/templates/render-template.ts';
import { serviceMsiView } from '../../installer/templates/service-msi-view.ts';
import { toolchainRoot } from '../../installer/tools/toolchain.ts';

const template = readFileSync(join(toolchainRoot, 'templates', 'service.wxs.hbs'), 'utf8');
const productText = readFileSync(join(toolchainRoot, 'installer', 'product.json'), 'utf8');

function product(changes: object = {}): Product {
  const parsed = productSchema.parse({ ...JSON.parse(productText), ...changes });
  return { ...parsed, version: '1.2.3', dir: '/project', file: '/project/product.json' };
}

function render(changes: object = {}): Map<string, Record<string, string>[]> {
  const view = serviceMsiView({
    product: product(changes),
    architecture: 'x64',
    executable: '/project/build/x64/vigil.exe',
    koffiAddon: '/project/build/x64/koffi.node',
    messagesDll: '/project/build/x64/vigil-messages.dll',
    wixSource: '/project/build/x64/vigil.wxs',
  });
  return attributesByElement(renderTemplate(template, view));
}

/** Element name → the attributes of each such element, read by an XML parser of its own. */
function attributesByElement(source: string): Map<string, Record<string, string>[]> {
  const found = new Map<string, Record<string, string>[]>();
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    found.set(name, [...(found.get(name) ?? []), attributes as Record<string, string>]);
  });
  parser.write(source).close();
  return found;
}

test('the template renders the default product with its service, control and recovery', () => {
  const elements = render();
  expect(elements.get('ServiceInstall')).toEqual([
    expect.objectContaining({
      Name: 'Vigil',
      Start: 'auto',
      Arguments: 'service',
      Account: 'NT AUTHORITY\\LocalService',
    }),
  ]);
  expect(elements.get('ServiceControl')).toEqual([
    expect.objectContaining({ Name: 'Vigil', Start: 'install', Stop: 'both', Remove: 'uninstall', Wait: 'yes' }),
  ]);
  const registry = elements.get('RegistryValue') ?? [];
  expect(registry).toContainEqual(
    expect.objectContaining({
      Key: 'SYSTEM\\CurrentControlSet\\Services\\Vigil',
      Name: 'FailureActions',
      Type: 'binary',
    }),
  );
  expect(elements.get('CustomAction')).toBeUndefined();
});

test('the template registers the event source with the message DLL that it installs', () => {
  const elements = render({ service: { ...product().service, name: 'Orders.EU' } });
  expect(elements.get('File')).toContainEqual(
    expect.objectContaining({ Id: 'MessagesDll', Name: 'vigil-messages.dll', Source: 'vigil-messages.dll' }),
  );
  expect(elements.get('RegistryKey')).toContainEqual({
    Root: 'HKLM',
    Key: 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Orders.EU',
  });
  const values = (elements.get('RegistryValue') ?? []).map(({ Name, Type, Value }) => [Name, Type, Value]);
  expect(values).toEqual(
    expect.arrayContaining([
      ['EventMessageFile', 'expandable', '[#MessagesDll]'],
      ['TypesSupported', 'integer', '31'],
      ['CustomSource', 'integer', '1'],
    ]),
  );
});

test('the template carries hostile text through as text', () => {
  const hostile = '<a b="c"> & \'$(env.HOME)\' !(loc.x) 100%';
  const [install] = render({ service: { ...product().service, description: hostile } }).get('ServiceInstall') ?? [];
  // What is left to undo is WiX's own escaping of its variables.
  expect(install?.Description?.replaceAll('$$(', '$(').replaceAll('!!(', '!(')).toBe(hostile);
});

test('the template keeps brackets from naming properties where Windows Installer formats the text', () => {
  const [install] =
    render({ service: { ...product().service, displayName: 'Agent [x] {y}' } }).get('ServiceInstall') ?? [];
  expect(install?.DisplayName).toBe('Agent [\\[]x[\\]] [\\{]y[\\}]');
});

test.each([
  ['auto', { Start: 'auto', delayed: 'no', control: 'install' }],
  ['delayed', { Start: 'auto', delayed: 'yes', control: 'install' }],
  ['demand', { Start: 'demand', delayed: 'no', control: undefined }],
  ['disabled', { Start: 'disabled', delayed: 'no', control: undefined }],
] as const)('start type %s decides how the service is registered and whether it is started', (startType, expected) => {
  const elements = render({ service: { ...product().service, startType } });
  expect(elements.get('ServiceInstall')?.[0]?.Start).toBe(expected.Start);
  expect(elements.get('ServiceConfig')?.[0]?.DelayedAutoStart).toBe(expected.delayed);
  expect(elements.get('ServiceControl')?.[0]?.Start).toBe(expected.control);
});

test('LocalSystem is registered as no account at all', () => {
  const [install] = render({ service: { ...product().service, account: 'LocalSystem' } }).get('ServiceInstall') ?? [];
  expect(install).not.toHaveProperty('Account');
});

test('arguments with spaces are quoted, a last backslash does not swallow the quote', () => {
  const service = { ...product().service, arguments: ['--a', 'b c', 'C:\\x y\\'] };
  expect(render({ service }).get('ServiceInstall')?.[0]?.Arguments).toBe('service --a "b c" "C:\\x y\\\\"');
});

test('files land in folders, each in a component of the feature', () => {
  const files = [{ source: 'a.txt' }, { source: 'b.txt', as: 'docs/en/b.txt' }, { source: 'c.txt', as: 'docs/c.txt' }];
  const elements = render({ files });
  const names = (elements.get('Directory') ?? []).map(({ Name }) => Name);
  expect(names).toEqual(expect.arrayContaining(['docs', 'en']));
  const components = (elements.get('Component') ?? []).map(({ Id }) => Id);
  const referenced = (elements.get('ComponentRef') ?? []).map(({ Id }) => Id);
  expect(components).toHaveLength(9);
  expect([...referenced].sort()).toEqual([...components].sort());
});

test('text outside ASCII makes the database UTF-8', () => {
  expect(render().get('Product')?.[0]?.Codepage).toBe('1252');
  expect(render({ description: '守护进程' }).get('Product')?.[0]?.Codepage).toBe('65001');
});

test('a name that the view model lacks is an error', () => {
  expect(() => renderTemplate('{{missing}}', {})).toThrow(/missing/);
});
