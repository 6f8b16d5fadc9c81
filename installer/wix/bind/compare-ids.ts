/**
 * The linguistic order in which WiX compares identifiers: underscore, period, digits, letters; the case of letters
 * counts only between otherwise equal ones, small before capital. Fixed here, so that no locale data can change it.
 */
export function compareIds(left: string, right: string): number {
  return compareText(collate(left), collate(right)) || compareText(swapCase(left), swapCase(right));
}

function collate(id: string): string {
  return id.toLowerCase().replaceAll('_', '\x01').replaceAll('.', '\x02');
}

function swapCase(id: string): string {
  return id.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
