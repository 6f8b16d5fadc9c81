/** VGL-S02, VGL-S03: passwords. */
import { type Problem, quoted } from '../finding.ts';
import { propertiesIn } from '../formatted-text.ts';
import type { Rule } from '../rule.ts';
import { services } from '../services.ts';

export const passwordProperty: Rule = {
  id: 'VGL-S02',
  title: 'The property with the password of a service is public, hidden and secure',
  severity: 'error',
  reason: 'Otherwise the password stands in the log, or does not reach the elevated half of the installation.',
  *check(db) {
    const [hidden, secure] = ['MsiHiddenProperties', 'SecureCustomProperties'].map(
      (name) => new Set(db.propertyList(name)),
    );
    for (const { row } of db.derived(services)) {
      for (const name of propertiesIn(row.text('Password'))) {
        const faults = [
          ...(/[a-z]/.test(name) ? ['not public'] : []),
          ...(hidden?.has(name) ? [] : ['not hidden']),
          ...(secure?.has(name) ? [] : ['not secure']),
        ];
        if (faults.length === 0) continue;
        yield {
          at: row.at('Password'),
          found: `property ${quoted(name)}, which is ${faults.join(' and ')}`,
          wanted: 'one in upper case, in MsiHiddenProperties and SecureCustomProperties',
          cure: `Write <Property Id="${name.toUpperCase()}" Hidden="yes" Secure="yes" />.`,
        };
      }
    }
  },
};

export const noStoredPassword: Rule = {
  id: 'VGL-S03',
  title: 'The package holds no password',
  severity: 'error',
  reason: 'Whoever has the package reads it.',
  *check(db) {
    const cure = 'Let the administrator give it on the command line.';
    for (const { row } of db.derived(services)) {
      const password = row.text('Password');
      const names = propertiesIn(password);
      // The password itself is not repeated in the report.
      if (password !== '' && names.length === 0) {
        yield { at: row.at('Password'), found: 'a password', wanted: 'a property in brackets', cure } satisfies Problem;
      }
      for (const name of names) {
        if ((db.property(name) ?? '') === '') continue;
        yield { at: { table: 'Property', row: name, column: 'Value' }, found: 'a password', wanted: 'no value', cure };
      }
    }
  },
};
