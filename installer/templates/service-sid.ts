/** The security identifier that Windows gives a service by its name, and what is locked with it. */
import { createHash } from 'node:crypto';

/**
 * `S-1-5-80-…`: the SHA-1 of the upper-case name in UTF-16LE, as five 32-bit little-endian numbers. It holds on every
 * machine, which is what lets an access list name the service before the service exists.
 */
export function serviceSid(serviceName: string): string {
  const digest = createHash('sha1').update(Buffer.from(serviceName.toUpperCase(), 'utf16le')).digest();
  const parts = [0, 4, 8, 12, 16].map((offset) => digest.readUInt32LE(offset));
  return `S-1-5-80-${parts.join('-')}`;
}

/** SDDL aliases of accounts that a service may run as and that have no SID of their own per machine. */
const accountAliases: Readonly<Record<string, string>> = {
  'NT AUTHORITY\\LocalService': 'LS',
  'NT AUTHORITY\\NetworkService': 'NS',
};

/** Modify rights on files and folders: everything but changing the access list and the owner. */
const modifyRights = '0x1301bf';

/**
 * Access list of the data folder: SYSTEM and Administrators everything, the service what it needs to write, nobody else
 * anything, nothing inherited. LocalService and NetworkService are named themselves as well, because a new service SID
 * may take effect only after a restart of Windows.
 */
export function dataFolderSddl({ name, account }: { readonly name: string; readonly account: string }): string {
  const alias = accountAliases[account];
  const accounts = [serviceSid(name), ...(alias === undefined ? [] : [alias])];
  const entries = [
    '(A;OICI;FA;;;SY)',
    '(A;OICI;FA;;;BA)',
    ...accounts.map((sid) => `(A;OICI;${modifyRights};;;${sid})`),
  ];
  return `O:SYG:SYD:P${entries.join('')}`;
}
