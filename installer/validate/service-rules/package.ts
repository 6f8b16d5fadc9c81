/** VGL-S18, VGL-S21 to VGL-S23: the package around the service. */

import { referencesIn } from '../condition/expression.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import { describeBaseType, runsCode } from '../custom-action-type.ts';
import { customActions } from '../custom-actions.ts';
import { quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { executeSequence } from '../sequences.ts';
import { services } from '../services.ts';

export const noCodeActions: Rule = {
  id: 'VGL-S18',
  title: 'No custom action runs a program, a library or a script',
  severity: 'warning',
  reason: 'Code that runs elevated during repair is how installers are attacked; security software stops it besides.',
  *check(db) {
    for (const { type, row } of db.derived(customActions).values()) {
      if (!runsCode(type.base)) continue;
      yield {
        at: row.at('Type'),
        found: `type ${type.base}, ${describeBaseType(type.base)}`,
        wanted: 'only types 19, 35 and 51',
        cure: 'Use table rows, or do the work in the service at its first start.',
      };
    }
  },
};

const INSTALLER_5 = 500;

export const installerVersion: Rule = {
  id: 'VGL-S21',
  title: 'A package with tables of Windows Installer 5.0 asks for that version',
  severity: 'error',
  reason: 'Older versions pass over MsiServiceConfig and MsiLockPermissionsEx in silence: folders stay open.',
  *check(db) {
    const pageCount = db.summary.pageCount ?? 0;
    if (pageCount >= INSTALLER_5) return;
    for (const table of ['MsiServiceConfig', 'MsiServiceConfigFailureActions', 'MsiLockPermissionsEx']) {
      if (db.rows(table).length === 0) continue;
      yield {
        at: { table: 'Summary', column: 'PageCount' },
        found: `${pageCount}, with rows in ${table}`,
        wanted: '500 or more',
        cure: 'Write InstallerVersion="500".',
      };
    }
  },
};

export const perMachine: Rule = {
  id: 'VGL-S22',
  title: 'A package with services is installed for the machine',
  severity: 'error',
  reason: 'A service belongs to no user: without ALLUSERS=1 only the installing user can remove or upgrade it.',
  *check(db) {
    if (db.derived(services).length === 0) return;
    const value = db.property('ALLUSERS') ?? '';
    if (value === '1') return;
    yield {
      at: { table: 'Property', row: 'ALLUSERS', column: 'Value' },
      found: value === '' ? 'no value' : quoted(value),
      wanted: '1',
      cure: 'Write <Package InstallScope="perMachine" … />.',
    };
  },
};

export const accountSurvivesUpgrade: Rule = {
  id: 'VGL-S23',
  title: 'An upgrade does not delete a service whose password it cannot know',
  severity: 'warning',
  reason: 'The service is created anew without the password, cannot start, and locks the account by trying.',
  *check(db) {
    const sequence = executeSequence(db);
    const asksPassword = db.derived(services).filter(({ row }) => !row.isNull('Password'));
    const deletion = sequence.actions.find(({ name }) => name === 'DeleteServices');
    if (!sequence.has('RemoveExistingProducts') || deletion === undefined) return;
    const parsed = deletion.condition === '' ? undefined : parseCondition(deletion.condition);
    const spares =
      parsed?.ok === true && [...referencesIn(parsed.expression)].some(({ name }) => name === 'UPGRADINGPRODUCTCODE');
    if (spares) return;
    for (const { row } of asksPassword) {
      yield {
        at: row.at('Password'),
        found: 'DeleteServices without regard to upgrades',
        wanted: 'NOT UPGRADINGPRODUCTCODE in its condition',
        cure: 'Write <DeleteServices>NOT UPGRADINGPRODUCTCODE</DeleteServices>.',
      };
    }
  },
};
