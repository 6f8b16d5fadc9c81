import { cellText, type RawMsi, type RawTable } from './raw-msi.ts';

const BIT_64 = 0x100;

/** Rules of the summary stream, and its agreement with the components. */
export function checkSummary(msi: RawMsi): string[] {
  const bytes = msi.streams.get('\x05SummaryInformation');
  if (bytes === undefined) return ['summary: stream is missing'];
  const properties = readProperties(bytes);
  const violations: string[] = [];
  const codePage = properties.get(1);
  const isAnsi =
    typeof codePage === 'number' &&
    (codePage === 874 || (codePage >= 1250 && codePage <= 1258) || [932, 936, 949, 950].includes(codePage));
  if (!isAnsi) violations.push(`summary: code page is ${codePage}, wanted an ANSI page`);
  if ([...properties.keys()][0] !== 1) violations.push('summary: the code page does not come first');
  if (!/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/.test(String(properties.get(9)))) {
    violations.push(`summary: package code is ${properties.get(9)}`);
  }
  for (const id of [7, 14, 15]) if (!properties.has(id)) violations.push(`summary: property ${id} is missing`);
  return [...violations, ...checkPlatform(msi, String(properties.get(7)), Number(properties.get(14) ?? 0))];
}

function checkPlatform(msi: RawMsi, template: string, pageCount: number): string[] {
  const violations: string[] = [];
  const platform = template.split(';')[0] ?? '';
  const is64 = ['x64', 'Intel64', 'Arm64'].includes(platform);
  const components = msi.tables.find(({ name }) => name === 'Component');
  const with64 = components === undefined ? [] : components.rows.filter((row) => has64Bit(components, row));
  if (!is64 && with64.length > 0) {
    const name = cellText(msi, with64[0]?.[0]);
    violations.push(`summary: template is "${template}", but component ${name} is 64-bit`);
  }
  if (!/^(Intel|Intel64|x64|Arm|Arm64)?;\d+$/.test(template)) violations.push(`summary: template is "${template}"`);
  if (is64 && pageCount < (platform === 'Arm64' ? 500 : 200)) {
    violations.push(`summary: page count ${pageCount} is too low for ${platform}`);
  }
  return violations;
}

function has64Bit(table: RawTable, row: readonly number[]): boolean {
  const column = table.columns.findIndex(({ name }) => name === 'Attributes');
  return (((row[column] ?? 0) - 0x8000) & BIT_64) !== 0;
}

/** Integers and strings by property id, in stored order. */
function readProperties(bytes: Uint8Array): Map<number, number | string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const section = view.getUint32(44, true);
  const properties = new Map<number, number | string>();
  for (let index = 0; index < view.getUint32(section + 4, true); index++) {
    const at = section + view.getUint32(section + 12 + index * 8, true);
    const type = view.getUint32(at, true);
    const id = view.getUint32(section + 8 + index * 8, true);
    if (type === 2) properties.set(id, view.getUint16(at + 4, true));
    if (type === 3) properties.set(id, view.getInt32(at + 4, true));
    if (type === 30) {
      const size = view.getUint32(at + 4, true);
      properties.set(id, Buffer.from(bytes.subarray(at + 8, at + 8 + size - 1)).toString('latin1'));
    }
  }
  return properties;
}
