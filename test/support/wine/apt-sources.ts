/**
 * Finds the distribution's own package mirror in apt's configuration (sources.list(5): the one-line form and deb822).
 * Pure: texts in, entries out. Nothing here knows a host name: a machine says itself where its packages come from.
 */
export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

/** Entries of one-line `.list` text: `deb [options] uri suite component…`. Source packages are left out. */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (match === null) return [];
    const [, uri = '', suite = '', components = ''] = match;
    return [{ uri, suites: [suite], components: words(components) }];
  });
}

/** Entries of deb822 `.sources` text: one per URI of each enabled stanza that offers binary packages. */
export function parseDeb822Sources(text: string): AptSource[] {
  return text.split(/\n[ \t]*\n/).flatMap((stanza) => {
    const fields = parseStanza(stanza);
    if (!words(fields.get('types')).includes('deb')) return [];
    if (/^(no|false|off|0)$/i.test(fields.get('enabled')?.trim() ?? '')) return [];
    const suites = words(fields.get('suites'));
    const components = words(fields.get('components'));
    return words(fields.get('uris')).map((uri) => ({ uri, suites, components }));
  });
}

/**
 * URI of the mirror that carries release `codename` of `distribution` (`debian`). Security archives have other suites
 * and third parties other paths: a mirror of the distribution ends in `/<distribution>`.
 */
export function findMirror(sources: readonly AptSource[], distribution: string, codename: string): string | undefined {
  const own = sources.find(
    ({ uri, suites, components }) =>
      suites.includes(codename) &&
      components.includes('main') &&
      /^(https?|file):/.test(uri) &&
      uri.replace(/\/+$/, '').endsWith(`/${distribution}`),
  );
  return own?.uri;
}

function parseStanza(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  let current: string | undefined;
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue;
    const field = /^([A-Za-z-]+):(.*)$/.exec(line);
    if (field !== null) {
      current = (field[1] ?? '').toLowerCase();
      fields.set(current, field[2] ?? '');
    } else if (current !== undefined && /^[ \t]/.test(line)) {
      fields.set(current, `${fields.get(current)} ${line}`);
    }
  }
  return fields;
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}
