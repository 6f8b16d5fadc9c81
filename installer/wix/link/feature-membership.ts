import type { Diagnostic } from '../../diagnostic.ts';
import { groupCycle } from '../diagnostics.ts';
import type { Membership } from '../symbols.ts';

type Member = Membership['child'];

/** Which features a component, group or feature ends up in, through any number of groups. */
export class FeatureMembership {
  readonly diagnostics: Diagnostic[] = [];
  readonly #parents = new Map<string, Membership[]>();
  readonly #found = new Map<string, readonly string[]>();
  readonly #searching = new Set<string>();

  constructor(memberships: readonly Membership[]) {
    for (const membership of memberships) {
      const list = this.#parents.get(keyOf(membership.child)) ?? [];
      this.#parents.set(keyOf(membership.child), list);
      list.push(membership);
    }
  }

  /** Features that hold `member` directly or through groups, each once, in the order of the sources. */
  featuresOf(member: Member): readonly string[] {
    const key = keyOf(member);
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    this.#searching.add(key);
    const features = new Set<string>();
    for (const { parent, span } of this.#parents.get(key) ?? []) {
      if (parent.kind === 'Feature') features.add(parent.id);
      else if (this.#searching.has(keyOf(parent))) this.diagnostics.push(groupCycle(span, parent.id));
      else for (const feature of this.featuresOf(parent)) features.add(feature);
    }
    this.#searching.delete(key);
    const result = [...features];
    this.#found.set(key, result);
    return result;
  }

  /** The feature that a feature is nested in; null at the top. */
  parentOf(feature: string): string | null {
    return this.featuresOf({ kind: 'Feature', id: feature })[0] ?? null;
  }
}

function keyOf(member: Member): string {
  return `${member.kind} ${member.id}`;
}
