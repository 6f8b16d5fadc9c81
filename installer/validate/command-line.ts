/** What can go wrong when references in a command line are replaced by paths. */

import { standardDirectories } from '../wix/index.ts';
import type { DatabaseView } from './database-view.ts';
import { formattedReferences, unescapeFormatted } from './formatted-text.ts';

/**
 * The first fault in `commandLine`, in words that read after "found"; undefined when there is none. A folder has spaces
 * in its path more often than not, and ends with a backslash, which in front of a quote takes the quote away.
 */
export function commandLineFault(db: DatabaseView, commandLine: string): string | undefined {
  const parts = unescapeFormatted(commandLine).split('"');
  if (parts.length % 2 === 0) return 'a quote that is not closed';
  for (const [index, part] of parts.entries()) {
    const isQuoted = index % 2 === 1;
    const path = formattedReferences(part).find(({ kind, name }) => isPath(db, kind, name));
    if (!isQuoted && path !== undefined) return `[${path.kind === 'file' ? '#' : ''}${path.name}] outside quotes`;
    if (!isQuoted && /[A-Za-z]:\\Program Files/i.test(part)) return 'a path with spaces outside quotes';
    if (!isQuoted) continue;
    if (/\\$/.test(part)) return 'a backslash before the closing quote';
    const last = /\[([^\]]+)\]$/.exec(part)?.[1];
    if (last !== undefined && isFolder(db, last))
      return `[${last}] before the closing quote, which ends with a backslash`;
  }
  return undefined;
}

function isPath(db: DatabaseView, kind: string, name: string): boolean {
  return kind === 'file' || kind === 'component' || (kind === 'property' && isFolder(db, name));
}

function isFolder(db: DatabaseView, name: string): boolean {
  return standardDirectories.has(name) || db.find('Directory', name) !== undefined;
}

/** The first fault in a whole command line that starts with a program, such as ImagePath. */
export function imagePathFault(db: DatabaseView, imagePath: string): string | undefined {
  const text = unescapeFormatted(imagePath).trimStart();
  if (!text.startsWith('"') && /^[A-Za-z]:\\[^"]* /.test(text)) return 'a path with spaces outside quotes';
  return commandLineFault(db, imagePath);
}
