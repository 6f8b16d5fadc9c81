/**
 * The executable's command line: a small table, so that nothing has to be loaded before the service dispatcher is
 * called. Pure: arguments in, an instruction or a complaint out.
 */

export interface RunOptions {
  readonly dataDir?: string;
  readonly heartbeatMs?: number;
}

export type Instruction =
  | { readonly verb: 'service' | 'run'; readonly options: RunOptions }
  | { readonly verb: 'version' }
  /** `asked` is false for a command line without a verb, which gets the help as a complaint. */
  | { readonly verb: 'help'; readonly asked: boolean }
  | { readonly verb: 'wrong'; readonly complaint: string };

const verbs: Readonly<Record<string, string>> = {
  service: 'Serve as a Windows service. Windows starts this; by hand use "run".',
  run: 'Run in the foreground, on any operating system. Ctrl+C stops it.',
};

const options: Readonly<Record<string, string>> = {
  '--data-dir <folder>': 'Where logs and state are kept, instead of the usual place.',
  '--heartbeat-seconds <number>': 'Time between two heartbeat lines in the log (10).',
  '--version': 'Print the version.',
  '--help': 'Print this text.',
};

const shortForms: Readonly<Record<string, string>> = {
  '-h': '--help',
  '-?': '--help',
  '/?': '--help',
  '-V': '--version',
};

/** `args` is what follows the executable. */
export function parseCommandLine(args: readonly string[]): Instruction {
  const words = args.map((word) => shortForms[word] ?? word);
  const [verb, ...rest] = words;
  if (verb === undefined) return { verb: 'help', asked: false };
  if (words.includes('--help')) return { verb: 'help', asked: true };
  if (verb === '--version') return { verb: 'version' };
  if (verb === 'service' || verb === 'run') return parseRunOptions(verb, rest);
  const known = [...Object.keys(verbs), '--version', '--help'];
  return { verb: 'wrong', complaint: unknownWord('run verb', verb, known) };
}

export function helpText(executable: string, productName: string): string {
  const list = (entries: Readonly<Record<string, string>>): string =>
    Object.entries(entries)
      .map(([name, text]) => `  ${name.padEnd(30)}${text}`)
      .join('\n');
  return `${productName}: keeps programs running as a Windows service.

Usage: ${executable} <verb> [options]

Verbs
${list(verbs)}

Options
${list(options)}
`;
}

function parseRunOptions(verb: 'service' | 'run', rest: readonly string[]): Instruction {
  const words = rest.flatMap(splitAtEquals);
  let parsed: RunOptions = {};
  for (let index = 0; index < words.length; index += 2) {
    const outcome = parseRunOption(words[index] ?? '', words[index + 1] ?? '');
    if (typeof outcome === 'string') return { verb: 'wrong', complaint: outcome };
    parsed = { ...parsed, ...outcome };
  }
  return { verb, options: parsed };
}

/** A string is a complaint. */
function parseRunOption(name: string, value: string): RunOptions | string {
  if (name !== '--data-dir' && name !== '--heartbeat-seconds') {
    return unknownWord('use option', name, ['--data-dir', '--heartbeat-seconds']);
  }
  if (value === '') return `Cannot use option "${name}": nothing follows it, a value is wanted`;
  if (name === '--data-dir') return { dataDir: value };
  const seconds = Number(value);
  if (seconds >= 0.01 && seconds <= 86_400) return { heartbeatMs: seconds * 1000 };
  return `Cannot use option "${name}": found "${value}", a number from 0.01 to 86400 is wanted`;
}

function splitAtEquals(word: string): string[] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function unknownWord(what: string, word: string, known: readonly string[]): string {
  const nearest = known.toSorted((a, b) => editDistance(word, a) - editDistance(word, b))[0] ?? '';
  const hint = editDistance(word, nearest) <= Math.max(2, word.length / 3) ? `; did you mean "${nearest}"?` : '';
  return `Cannot ${what} "${word}": it is none of ${known.map((name) => `"${name}"`).join(', ')}${hint}`;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
