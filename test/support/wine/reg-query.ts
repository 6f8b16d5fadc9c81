/** One registry key as `reg query` shows it. Values keep their textual form: `REG_DWORD` is `0x2`. */
export interface RegistryKey {
  readonly path: string;
  readonly values: ReadonlyMap<string, RegistryValue>;
}

export interface RegistryValue {
  readonly type: string;
  readonly data: string;
}

/** Parses the output of `reg query KEY /s`: a line with the key's path, then its values indented by four spaces. */
export function parseRegQuery(output: string): RegistryKey[] {
  const keys: { path: string; values: Map<string, RegistryValue> }[] = [];
  for (const line of output.split(/\r?\n/)) {
    const value = /^ {4}(.+?) {4}(REG_\w+)(?: {4}(.*))?$/.exec(line);
    if (value !== null) {
      const [, name = '', type = '', data = ''] = value;
      keys.at(-1)?.values.set(name, { type, data });
    } else if (line.startsWith('HKEY_')) {
      keys.push({ path: line, values: new Map() });
    }
  }
  return keys;
}
