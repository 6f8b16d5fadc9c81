/** VGL-S19, VGL-S20: who may write. */
import type { DatabaseView } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { type AccessEntry, parseSddl } from '../sddl.ts';

/** Trustees that every ordinary user is among, in SDDL. Source: [MS-DTYP] 2.5.1.1. */
const everyone: ReadonlyMap<string, string> = new Map([
  ['WD', 'Everyone'],
  ['BU', 'Users'],
  ['AU', 'Authenticated Users'],
  ['IU', 'Interactive'],
  ['BG', 'Guests'],
  ['AN', 'Anonymous'],
  ['NU', 'Network'],
  ['DU', 'Domain Users'],
  ['S-1-1-0', 'Everyone'],
  ['S-1-5-32-545', 'Users'],
  ['S-1-5-11', 'Authenticated Users'],
  ['S-1-5-4', 'Interactive'],
  ['S-1-5-7', 'Anonymous'],
]);

/** Bits that change an object: write and append, delete child, delete, change permissions or owner, generic write and all. */
const writeMasks: Readonly<Record<string, number>> = {
  CreateFolder: 0x500d_0046,
  File: 0x500d_0006,
  // Set value, create subkey.
  Registry: 0x500d_0006,
  // Change the configuration.
  ServiceInstall: 0x500d_0002,
};

/** The entries that let ordinary users write. A descriptor that is no SDDL is for ICE104. */
function openEntries(text: string, writeMask: number): readonly AccessEntry[] {
  const parsed = parseSddl(text);
  return parsed.ok ? (parsed.descriptor.access?.entries ?? []).filter((entry) => isOpen(entry, writeMask)) : [];
}

function isOpen({ type, mask, trustee }: AccessEntry, writeMask: number): boolean {
  return (type === 'A' || type === 'XA') && everyone.has(trustee) && (mask & writeMask) !== 0;
}

function* openObjects(db: DatabaseView, tables: readonly string[]): Iterable<Problem> {
  for (const row of db.rows('MsiLockPermissionsEx')) {
    const table = row.text('Table');
    const writeMask = writeMasks[table];
    if (!tables.includes(table) || writeMask === undefined) continue;
    const text = row.text('SDDLText');
    for (const { trustee, mask, flags } of openEntries(text, writeMask)) {
      const scope = flags.includes('IO') ? ' to what lies in it' : '';
      yield {
        at: row.at('SDDLText'),
        found: `write access${scope} for ${everyone.get(trustee)} (0x${mask.toString(16)})`,
        wanted: ADMINISTRATORS_ONLY,
        cure: `Remove the rights of ${trustee}, or let it only read.`,
      };
    }
    if (/D:[A-Z]*NO_ACCESS_CONTROL/.test(text)) {
      yield { at: row.at('SDDLText'), found: 'no list of rights', wanted: ADMINISTRATORS_ONLY, cure: 'Write a list.' };
    }
  }
}

const ADMINISTRATORS_ONLY = 'it for administrators, the system and the service only';

/** Names that LockPermissions may have for the same trustees. */
const everyoneByName = /^(everyone|users|authenticated users|interactive|guests|domain users|jeder|benutzer)$/i;

export const protectedFolders: Rule = {
  id: 'VGL-S19',
  title: 'Ordinary users cannot write to folders, files and keys that the package protects',
  severity: 'error',
  reason: 'What a service reads with high rights, a user must not be able to replace.',
  *check(db) {
    yield* openObjects(db, ['CreateFolder', 'File', 'Registry']);
    for (const row of db.rows('LockPermissions')) {
      const writeMask = writeMasks[row.text('Table')] ?? writeMasks.CreateFolder ?? 0;
      if (!everyoneByName.test(row.text('User')) || (row.number('Permission') & writeMask) === 0) continue;
      yield {
        at: row.at('Permission'),
        found: `write access for ${quoted(row.text('User'))}`,
        wanted: ADMINISTRATORS_ONLY,
        cure: 'Remove the row, or let it only read.',
      };
    }
  },
};

export const protectedServices: Rule = {
  id: 'VGL-S20',
  title: 'Ordinary users cannot change the configuration of a service',
  severity: 'error',
  reason: 'Whoever sets the image path of a service runs what they like as its account.',
  *check(db) {
    yield* openObjects(db, ['ServiceInstall']);
  },
};
