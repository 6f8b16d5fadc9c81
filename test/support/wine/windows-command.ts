/**
 * The text of a Windows command file that runs one program and writes down its full exit code. Needed because a Unix
 * shell sees only the low eight bits of it (1603 looks like 67), and because msiexec wants `NAME="a b"`, a quoting that
 * an argument vector cannot express. Pure.
 */
export interface WindowsCommand {
  readonly args: readonly string[];
  /** Windows path of the file that receives `RC=<exit code>`. */
  readonly exitCodePath: string;
}

export function formatCommandFile({ args, exitCodePath }: WindowsCommand): string {
  const line = args.map(quoteArgument).join(' ');
  return `@${line}\r\n@echo RC=%errorlevel% > ${quoteArgument(exitCodePath)}\r\n`;
}

/** @returns the exit code, or `undefined` when the command file did not reach its last line. */
export function parseExitCodeFile(text: string): number | undefined {
  const match = /^RC=(-?\d+)/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/**
 * `NAME=a b` becomes `NAME="a b"`, the form msiexec wants and that other programs read alike; a percent sign is doubled.
 * @throws RangeError on a character that a command file cannot carry safely.
 */
export function quoteArgument(argument: string): string {
  if (argument.includes('"') || /[^\x20-\x7e]/.test(argument)) {
    throw new RangeError(`Cannot quote "${argument}": wanted printable ASCII without quotation marks`);
  }
  const text = argument.replaceAll('%', '%%');
  if (text !== '' && !/[\s&|<>^(),;=]/.test(text)) return text;
  const property = /^([A-Za-z_][\w.]*)=(.*)$/.exec(text);
  if (property === null) return `"${text}"`;
  const [, name = '', value = ''] = property;
  return value === '' || /[\s&|<>^(),;=]/.test(value) ? `${name}="${value}"` : text;
}
