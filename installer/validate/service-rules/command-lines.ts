/** VGL-S01: quotes in command lines. */
import { commandLineFault, imagePathFault } from '../command-line.ts';
import type { Rule } from '../rule.ts';
import { services, serviceValues } from '../services.ts';

export const quotedCommandLines: Rule = {
  id: 'VGL-S01',
  title: 'Paths in the arguments and image path of a service stand in quotes',
  severity: 'error',
  reason: 'Without quotes Windows tries every prefix of the path that ends at a space: a way in for other programs.',
  *check(db) {
    const cure = 'Put the path in quotes; write "[FOLDER]." for a folder.';
    for (const { row } of db.derived(services)) {
      const found = commandLineFault(db, row.text('Arguments'));
      if (found !== undefined) yield { at: row.at('Arguments'), found, wanted: 'quotes around every path', cure };
    }
    for (const { row } of db.derived(serviceValues)) {
      if (row.text('Name').toLowerCase() !== 'imagepath') continue;
      const found = imagePathFault(db, row.text('Value').replace(/^#%/, ''));
      if (found !== undefined) yield { at: row.at('Value'), found, wanted: 'quotes around every path', cure };
    }
  },
};
