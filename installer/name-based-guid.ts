/** GUIDs that follow from a name (UUID version 5, RFC 9562), within the namespace of a GUID that somebody authored. */
import { createHash } from 'node:crypto';
import { v5 } from 'uuid';

/**
 * Upper-case GUID in braces for `name` within `namespace`. Any GUID serves as namespace, also one whose version bits no
 * RFC knows (`{11111111-2222-3333-4444-555555555555}`): Windows Installer does not look at them, and neither may we.
 */
export function nameBasedGuid(name: string | Uint8Array, namespace: string): string {
  return `{${v5(name, namespaceBytes(namespace)).toUpperCase()}}`;
}

/** The 16 bytes of a GUID in the order it is written; for text that is none, bytes that depend on nothing but it. */
function namespaceBytes(namespace: string): Uint8Array {
  const digits = namespace.replace(/[{}-]/g, '');
  if (/^[0-9A-Fa-f]{32}$/.test(digits)) return new Uint8Array(Buffer.from(digits, 'hex'));
  return new Uint8Array(createHash('sha256').update(namespace).digest().subarray(0, 16));
}
