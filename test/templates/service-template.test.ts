import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { renderTemplate } from '../../installer/templates/render-template.ts';
import { makeProduct, renderProduct } from './support.ts';

function render(changes: Readonly<Record<string, unknown>> = {}): Map<string, Record<string, string>[]> {
  return attributesByElement(renderProduct(makeProduct(changes)));
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
      Account: '[SERVICEACCOUNT]',
      Password: '[SERVICEPASSWORD]',
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
  // Errors only: what sets a property is a SetProperty element.
  expect((elements.get('CustomAction') ?? []).map((action) => Object.keys(action))).toContainEqual(['Id', 'Error']);
});

test('the template registers the event source with the message DLL that it installs', () => {
  const elements = render({ service: { name: 'Orders.EU' } });
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
  const [install] = render({ service: { description: hostile } }).get('ServiceInstall') ?? [];
  // What is left to undo is WiX's own escaping of its variables.
  expect(install?.Description?.replaceAll('$$(', '$(').replaceAll('!!(', '!(')).toBe(hostile);
});

test('the template keeps brackets from naming properties where Windows Installer formats the text', () => {
  const [install] = render({ service: { displayName: 'Agent [x] {y}' } }).get('ServiceInstall') ?? [];
  expect(install?.DisplayName).toBe('Agent [\\[]x[\\]] [\\{]y[\\}]');
});

test('arguments with spaces are quoted, a last backslash does not swallow the quote', () => {
  const service = { arguments: ['--a', 'b c', 'C:\\x y\\'] };
  expect(render({ service }).get('ServiceInstall')?.[0]?.Arguments).toBe('service --a "b c" "C:\\x y\\\\"');
});

test('files land in folders, each in a component of the feature', () => {
  const files = [{ source: 'a.txt' }, { source: 'b.txt', as: 'docs/en/b.txt' }, { source: 'c.txt', as: 'docs/c.txt' }];
  const elements = render({ files });
  const names = (elements.get('Directory') ?? []).map(({ Name }) => Name);
  expect(names).toEqual(expect.arrayContaining(['docs', 'en']));
  const components = (elements.get('Component') ?? []).map(({ Id }) => Id);
  const referenced = (elements.get('ComponentRef') ?? []).map(({ Id }) => Id);
  expect(components.filter((id) => /^cmp[0-9A-F]{32}$/.test(id ?? ''))).toHaveLength(3);
  expect([...referenced].sort()).toEqual([...components].sort());
});

test('text outside ASCII makes the database UTF-8', () => {
  expect(render().get('Product')?.[0]?.Codepage).toBe('1252');
  expect(render({ description: '守护进程' }).get('Product')?.[0]?.Codepage).toBe('65001');
});

test('a name that the view model lacks is an error', () => {
  expect(() => renderTemplate('{{missing}}', {})).toThrow(/missing/);
});
