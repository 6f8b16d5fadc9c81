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

/** Modify rights on files and folders: everything but changing the access list and the owner. */
const modifyRights = '0x1301bf';
const readRights = '0x1200a9';

/** SYSTEM owns it, SYSTEM and Administrators may everything; nothing is inherited from above. */
const locked = 'O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';

/** LocalService and NetworkService, which have the same SID on every machine. */
export type WellKnownAccount = 'LS' | 'NS';

/**
 * Access list of the data folder: the service may write, nobody else may anything. LocalService and NetworkService are
 * named themselves as well, because a new service SID may take effect only after a restart of Windows.
 */
export function dataFolderSddl(serviceName: string, account?: WellKnownAccount): string {
  const trustees = [serviceSid(serviceName), ...(account === undefined ? [] : [account])];
  return `${locked}${trustees.map((sid) => `(A;OICI;${modifyRights};;;${sid})`).join('')}`;
}

/** Access list of an install folder outside Program Files: as there, users and services read and nobody else writes. */
export const installFolderSddl = `${locked}(A;OICI;${readRights};;;BU)`;
