import { expect, test } from 'vitest';
import { nameBasedGuid } from '../installer/name-based-guid.ts';

test('nameBasedGuid gives the UUID of version 5 that RFC 9562 shows', () => {
  const dnsNamespace = '{6ba7b810-9dad-11d1-80b4-00c04fd430c8}';
  expect(nameBasedGuid('www.example.com', dnsNamespace)).toBe('{2ED6657D-E927-568B-95E1-2665A8AEA6A2}');
});

test.each(['{11111111-2222-3333-4444-555555555555}', 'not a GUID'])(
  'nameBasedGuid takes %s as namespace',
  (namespace) => {
    const guid = nameBasedGuid('name', namespace);
    expect(guid).toMatch(/^\{[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\}$/);
    expect(nameBasedGuid('other', namespace)).not.toBe(guid);
  },
);
