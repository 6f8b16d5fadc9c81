/**
 * A command line for msiexec, which has rules of its own: a property's value with spaces stands in quotation marks after
 * the equals sign, and a quotation mark within is doubled ("Command-Line Options", Windows Installer). Pure.
 */
export function msiexecCommandLine(args: readonly string[]): string {
  return args.map(quote).join(' ');
}

function quote(argument: string): string {
  const property = /^([A-Za-z_][\w.]*)=(.*)$/s.exec(argument);
  if (property === null) return needsQuotes(argument) ? `"${argument}"` : argument;
  const [, name = '', value = ''] = property;
  return value === '' || needsQuotes(value) ? `${name}="${value.replaceAll('"', '""')}"` : argument;
}

const needsQuotes = (text: string): boolean => /[\s"]/.test(text);
