/** ICE45: bits that Windows Installer keeps for itself. */
import type { Rule } from '../rule.ts';

/** Table, column, and the bits that have a meaning. Source: the pages of the tables, Windows Installer. */
const bitFields: readonly (readonly [string, string, number])[] = [
  ['Dialog', 'Attributes', 0x1_03ff],
  ['Feature', 'Attributes', 0x3f],
  ['File', 'Attributes', 0x7607],
  ['MoveFile', 'Options', 0x1],
  ['RemoveFile', 'InstallMode', 0x3],
  ['ServiceControl', 'Event', 0xbb],
  ['ServiceInstall', 'ServiceType', 0x133],
  ['ServiceInstall', 'ErrorControl', 0x8003],
  ['TextStyle', 'StyleBits', 0xf],
];

export const ice45: Rule = {
  id: 'ICE45',
  title: 'Reserved bits are zero',
  severity: 'error',
  reason: 'Later versions of Windows Installer may give them a meaning.',
  *check(db) {
    for (const [table, column, known] of bitFields) {
      for (const row of db.rows(table)) {
        const reserved = row.number(column) & ~known;
        if (reserved === 0) continue;
        yield {
          at: row.at(column),
          found: `bits 0x${(reserved >>> 0).toString(16).toUpperCase()}`,
          wanted: `none outside 0x${known.toString(16).toUpperCase()}`,
          cure: 'Clear the bits.',
        };
      }
    }
  },
};
