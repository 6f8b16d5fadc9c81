/**
 * The five sequence tables: which actions they hold and under which numbers. An action placed `Before` or `After`
 * another gets the nearest free number on that side, as in WiX.
 */
import type { Diagnostic } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import * as problem from '../diagnostics.ts';
import type { LinkedProduct } from '../link/link.ts';
import type { ActionSymbol } from '../symbols.ts';
import { impliedActionsOf, standardActionsOf } from '../tables/standard-actions.ts';
import { compareIds } from './compare-ids.ts';

export interface SequenceRow {
  readonly action: string;
  readonly condition: string | null;
  readonly sequence: number;
}

interface Entry {
  readonly action: string;
  readonly condition: string | null;
  readonly authored?: ActionSymbol;
  /** Anchor of a relative placement. */
  readonly before?: string;
  readonly after?: string;
  number?: number;
}

/** Rows of `table` in the order of their numbers. `tables` are those that have rows. */
export function scheduleSequence(
  table: string,
  product: LinkedProduct,
  at: { readonly tables: ReadonlySet<string>; readonly report: (diagnostic: Diagnostic) => void },
): readonly SequenceRow[] {
  const entries = collect(table, product, at);
  placeRelative(entries, table, at.report);
  const rows = [...entries.values()].flatMap((entry) =>
    entry.number === undefined
      ? []
      : [{ action: entry.action, condition: entry.condition, sequence: entry.number, authored: entry.authored }],
  );
  rows.sort((left, right) => left.sequence - right.sequence || compareIds(left.action, right.action));
  reportCollisions(rows, table, at.report);
  return rows.map(({ action, condition, sequence }) => ({ action, condition, sequence }));
}

function collect(
  table: string,
  product: LinkedProduct,
  at: { readonly tables: ReadonlySet<string>; readonly report: (diagnostic: Diagnostic) => void },
): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const standard = new Map(standardActionsOf(table).map((action) => [action.name, action]));
  const addStandard = (name: string) => {
    const action = standard.get(name);
    if (action === undefined || entries.has(name) || action.sequence === null) return;
    entries.set(name, { action: name, condition: action.condition ?? null, number: action.sequence });
  };
  for (const { name } of impliedActionsOf(table, at.tables)) addStandard(name);
  for (const { table: kind, id } of product.references) if (kind === `Action/${table}`) addStandard(id);
  const authored = authoredActions(table, product, at.report);
  for (const symbol of authored) {
    if (symbol.suppress) entries.delete(symbol.action);
    else entries.set(symbol.action, toEntry(symbol, standard.get(symbol.action)?.sequence ?? undefined));
  }
  // Whoever names a standard action as an anchor wants it there, unless it was taken out on purpose.
  const suppressed = new Set(authored.filter(({ suppress }) => suppress).map(({ action }) => action));
  for (const { before, after } of authored) {
    const anchor = before ?? after;
    if (anchor !== undefined && !suppressed.has(anchor)) addStandard(anchor);
  }
  return entries;
}

function toEntry(symbol: ActionSymbol, usual: number | undefined): Entry {
  const { action, condition, before, after } = symbol;
  const relative = before !== undefined || after !== undefined;
  const number = symbol.number ?? (relative ? undefined : usual);
  return {
    action,
    condition,
    authored: symbol,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(number === undefined ? {} : { number }),
  };
}

/** One symbol per action: an overridable one gives way to one that is not. */
function authoredActions(
  table: string,
  product: LinkedProduct,
  report: (diagnostic: Diagnostic) => void,
): readonly ActionSymbol[] {
  const chosen = new Map<string, ActionSymbol>();
  for (const symbol of product.actions.filter(({ sequence }) => sequence === table)) {
    const other = chosen.get(symbol.action);
    if (other === undefined || (other.overridable && !symbol.overridable)) chosen.set(symbol.action, symbol);
    else if (!symbol.overridable)
      report(problem.duplicateSymbol(symbol.span, { table, id: symbol.action }, other.span));
  }
  return [...chosen.values()];
}

function placeRelative(
  entries: ReadonlyMap<string, Entry>,
  table: string,
  report: (diagnostic: Diagnostic) => void,
): void {
  const followers = groupByAnchor(entries, table, report);
  const used = new Set([...entries.values()].flatMap(({ number }) => (number === undefined ? [] : [number])));
  const anchors = [...entries.values()]
    .filter(({ number }) => number !== undefined)
    .sort((left, right) => (left.number ?? 0) - (right.number ?? 0));
  for (const anchor of anchors) {
    const start = anchor.number ?? 0;
    assign(chainBefore(anchor.action, followers).toReversed(), { start, step: -1, used });
    assign(chainAfter(anchor.action, followers), { start, step: 1, used });
  }
  for (const entry of entries.values()) {
    if (entry.number !== undefined || entry.authored === undefined) continue;
    const anchor = entry.before ?? entry.after ?? '';
    if (entries.has(anchor)) report(problem.sequenceCycle(entry.authored.span, entry.action, table));
  }
}

interface Followers {
  readonly before: ReadonlyMap<string, readonly Entry[]>;
  readonly after: ReadonlyMap<string, readonly Entry[]>;
}

function groupByAnchor(
  entries: ReadonlyMap<string, Entry>,
  table: string,
  report: (diagnostic: Diagnostic) => void,
): Followers {
  const groups = { before: new Map<string, Entry[]>(), after: new Map<string, Entry[]>() };
  const sorted = [...entries.values()].sort((left, right) => compareIds(left.action, right.action));
  for (const entry of sorted) {
    const side = entry.before === undefined ? 'after' : 'before';
    const anchor = entry[side];
    if (anchor === undefined || entry.authored === undefined) continue;
    if (!entries.has(anchor)) {
      const known = [...entries.keys(), ...standardActionsOf(table).map(({ name }) => name)];
      report(
        problem.unscheduledAnchor(entry.authored.span, entry.action, {
          sequence: table,
          anchor,
          nearest: nearestName(anchor, known),
        }),
      );
      continue;
    }
    groups[side].set(anchor, [...(groups[side].get(anchor) ?? []), entry]);
  }
  return groups;
}

/** Everything placed before `action`, in running order, each with what hangs on it in turn. */
function chainBefore(action: string, followers: Followers): readonly Entry[] {
  return (followers.before.get(action) ?? []).flatMap((entry) => around(entry, followers));
}

function chainAfter(action: string, followers: Followers): readonly Entry[] {
  return (followers.after.get(action) ?? []).flatMap((entry) => around(entry, followers));
}

function around(entry: Entry, followers: Followers): readonly Entry[] {
  return [...chainBefore(entry.action, followers), entry, ...chainAfter(entry.action, followers)];
}

function assign(
  entries: readonly Entry[],
  at: { readonly start: number; readonly step: 1 | -1; readonly used: Set<number> },
): void {
  let number = at.start + at.step;
  for (const entry of entries) {
    while (at.used.has(number)) number += at.step;
    entry.number = number;
    at.used.add(number);
  }
}

function reportCollisions(
  rows: readonly (SequenceRow & { readonly authored: ActionSymbol | undefined })[],
  table: string,
  report: (diagnostic: Diagnostic) => void,
): void {
  rows.forEach((row, index) => {
    const previous = rows[index - 1];
    if (previous === undefined || previous.sequence !== row.sequence) return;
    const span = row.authored?.span ?? previous.authored?.span;
    if (span !== undefined)
      report(
        problem.sequenceCollision(span, row.action, { sequence: table, other: previous.action, number: row.sequence }),
      );
  });
}
