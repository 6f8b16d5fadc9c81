import { expect, test } from 'vitest';
import { formatFinding, validateDatabase } from '../../installer/validate/index.ts';
import { base } from './support.ts';

test('validateDatabase() has nothing to say about a package without faults', () => {
  expect(validateDatabase(base).map(formatFinding)).toEqual([]);
});
