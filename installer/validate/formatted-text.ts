/** References in text of the category Formatted. Source: Windows Installer "Formatted". */
export type FormattedReference = {
  readonly kind: 'property' | 'environment' | 'file' | 'component';
  readonly name: string;
};

/** `[\x]` is a literal character, `[~]` a null, `[#key]` and `[!key]` a file, `[$key]` a component, `[%NAME]` a variable. */
const reference = /\[\\.\]|\[~\]|\[(?<sign>[%#!$]?)(?<name>[^[\]{}~\\]+)\]/gu;

const kinds: Readonly<Record<string, FormattedReference['kind']>> = {
  '': 'property',
  '%': 'environment',
  '#': 'file',
  '!': 'file',
  $: 'component',
};

/** The references in `text`, the innermost ones where they are nested. Numbers are fields of a record, not references. */
export function formattedReferences(text: string): FormattedReference[] {
  if (!text.includes('[')) return [];
  return [...text.matchAll(reference)].flatMap(({ groups }) => {
    const { sign = '', name } = groups ?? {};
    return name === undefined || /^\d+$/.test(name) ? [] : [{ kind: kinds[sign] ?? 'property', name }];
  });
}

export function propertiesIn(text: string): string[] {
  return formattedReferences(text).flatMap(({ kind, name }) => (kind === 'property' ? [name] : []));
}

/** `text` with every escaped character as itself and references left as they are. */
export function unescapeFormatted(text: string): string {
  return text.replace(/\[\\(.)\]/gu, '$1');
}
