import { expect, test } from 'vitest';
import { nearestName } from '../installer/nearest-name.ts';

test.each([
  ['Componet', 'Component'],
  ['featureref', 'FeatureRef'],
  ['Fil', 'File'],
  ['Zebra', undefined],
])('nearestName() of "%s" is %s', (name, nearest) => {
  expect(nearestName(name, ['Component', 'ComponentRef', 'FeatureRef', 'File'])).toBe(nearest);
});

test('nearestName() does not compare what is far too long', () => {
  const candidates = Array.from({ length: 1000 }, (_, index) => `Name${index}`);
  const startedMs = performance.now();
  expect(nearestName('x'.repeat(1_000_000), candidates)).toBeUndefined();
  expect(performance.now() - startedMs).toBeLessThan(1000);
});
