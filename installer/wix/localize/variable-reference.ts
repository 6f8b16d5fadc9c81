/**
 * References that are resolved after the preprocessor: `!(loc.NAME)` when a source is read, `!(wix.NAME=default)` when
 * the product is linked, `!(bind.KIND.NAME)` when its files have been read. `!!(` stands for a literal `!(`.
 */
export interface VariableReference {
  readonly space: 'loc' | 'wix' | 'bind';
  /** Without the space: `ProductName`, `property.ProductName`. */
  readonly name: string;
  readonly fallback: string | undefined;
}

const REFERENCE = /!?!\((loc|wix|bind)\.([A-Za-z_][\w.]*)(?:=([^)]*))?\)/g;

/** Whether a value has to wait for a later phase, so that its syntax cannot be judged yet. */
export function hasReference(text: string): boolean {
  return text.includes('!(') && /!\((?:loc|wix|bind)\.[A-Za-z_]/.test(text);
}

/**
 * `text` with the references of `spaces` replaced by what `resolve` gives; one without a value stays as it is. With
 * `last`, escaped references lose their escape.
 */
export function replaceReferences(
  text: string,
  spaces: readonly VariableReference['space'][],
  at: { readonly resolve: (reference: VariableReference) => string | undefined; readonly last?: boolean },
): string {
  if (!text.includes('!(')) return text;
  return text.replace(
    REFERENCE,
    (match: string, space: VariableReference['space'], name: string, fallback?: string) => {
      if (match.startsWith('!!')) return at.last === true ? match.slice(1) : match;
      return spaces.includes(space) ? (at.resolve({ space, name, fallback }) ?? match) : match;
    },
  );
}
