/**
 * Security descriptors as text (SDDL). Source: [MS-DTYP] 2.5.1. Reads owner, group and discretionary list far enough to
 * say who may do what; conditional expressions, resource attributes and the audit list are kept as text.
 */
export interface AccessEntry {
  /** `A` allow, `D` deny, or another type of the list. */
  readonly type: string;
  readonly flags: readonly string[];
  /** Access mask; generic and file rights are spread over the bits they mean for a file. */
  readonly mask: number;
  /** Two letters, or a SID. */
  readonly trustee: string;
}

export interface SecurityDescriptor {
  readonly owner?: string;
  readonly group?: string;
  /** Absent when there is no discretionary list at all, which lets everyone in. */
  readonly access?: { readonly isProtected: boolean; readonly entries: readonly AccessEntry[] };
}

export type SddlResult =
  | { readonly ok: true; readonly descriptor: SecurityDescriptor }
  | { readonly ok: false; readonly message: string };

const rights: Readonly<Record<string, number>> = {
  GA: 0x1f01ff,
  GR: 0x120089,
  GW: 0x120116,
  GX: 0x1200a0,
  RC: 0x20000,
  SD: 0x10000,
  WD: 0x40000,
  WO: 0x80000,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  FA: 0x1f01ff,
  FR: 0x120089,
  FW: 0x120116,
  FX: 0x1200a0,
  KA: 0xf003f,
  KR: 0x20019,
  KW: 0x20006,
  KX: 0x20019,
};

const aceTypes = new Set([
  'A',
  'D',
  'OA',
  'OD',
  'AU',
  'AL',
  'OU',
  'OL',
  'ML',
  'XA',
  'XD',
  'ZA',
  'XU',
  'RA',
  'SP',
  'TL',
  'FL',
]);
const aceFlags = new Set(['OI', 'CI', 'NP', 'IO', 'ID', 'SA', 'FA', 'TP', 'CR']);
const trusteePattern = /^([A-Z]{2}|S-1(-(\d{1,14}|0x[0-9A-Fa-f]{1,12})){1,16}|\[[^[\]]+\])$/;

/** Reads `text`. Properties in brackets, as MsiLockPermissionsEx allows them for trustees, are taken as trustees. */
export function parseSddl(text: string): SddlResult {
  const sections = sectionsOf(text.trim());
  if (typeof sections === 'string') return { ok: false, message: sections };
  let access: SecurityDescriptor['access'];
  for (const side of ['O', 'G'] as const) {
    const trustee = sections.get(side);
    if (trustee !== undefined && !trusteePattern.test(trustee)) {
      return { ok: false, message: `"${trustee}" as ${side === 'O' ? 'owner' : 'group'}` };
    }
  }
  const list = sections.get('D');
  if (list !== undefined) {
    const read = readList(list);
    if (typeof read === 'string') return { ok: false, message: read };
    access = read;
  }
  const [owner, group] = [sections.get('O'), sections.get('G')];
  return {
    ok: true,
    descriptor: {
      ...(owner === undefined ? {} : { owner }),
      ...(group === undefined ? {} : { group }),
      ...(access === undefined ? {} : { access }),
    },
  };
}

/** Splits at `O:`, `G:`, `D:`, `S:` outside parentheses; each may come once. */
function sectionsOf(text: string): ReadonlyMap<string, string> | string {
  const sections = new Map<string, string>();
  const marks: { letter: string; at: number }[] = [];
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (depth === 0 && text[index + 1] === ':' && 'OGDS'.includes(character))
      marks.push({ letter: character, at: index });
    if (depth < 0) return `")" without "(" at character ${index + 1}`;
  }
  if (depth > 0) return '"(" without ")"';
  if (marks[0]?.at !== 0) return 'no O:, G:, D: or S: at the start';
  for (const [index, { letter, at }] of marks.entries()) {
    if (sections.has(letter)) return `${letter}: twice`;
    sections.set(letter, text.slice(at + 2, marks[index + 1]?.at));
  }
  return sections;
}

function readList(text: string): NonNullable<SecurityDescriptor['access']> | string {
  const [, flags = '', rest = ''] = /^([A-Z_]*)(.*)$/s.exec(text) ?? [];
  if (!/^(P|AR|AI|NO_ACCESS_CONTROL)*$/.test(flags)) return `"${flags}" as flags of the list`;
  const entries: AccessEntry[] = [];
  const pattern = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*/gy;
  while (pattern.lastIndex < rest.length) {
    const found = pattern.exec(rest);
    if (found === null) return `"${rest}" where an entry in parentheses should be`;
    const entry = readEntry(found[1] ?? '');
    if (typeof entry === 'string') return entry;
    entries.push(entry);
  }
  return { isProtected: flags.startsWith('P') || flags.endsWith('P'), entries };
}

function readEntry(text: string): AccessEntry | string {
  const fields = text.split(';').map((field) => field.trim());
  const [type = '', flags = '', mask = '', , , trustee = ''] = fields;
  if (fields.length < 6) return `entry "(${text})" with ${fields.length} fields`;
  if (!aceTypes.has(type)) return `"${type}" as type of an entry`;
  const flagList = pairs(flags);
  const badFlag = flagList.find((flag) => !aceFlags.has(flag));
  if (badFlag !== undefined) return `"${badFlag}" as flag of an entry`;
  const value = readMask(mask);
  if (value === undefined) return `"${mask}" as rights of an entry`;
  if (!trusteePattern.test(trustee)) return `"${trustee}" as trustee of an entry`;
  return { type, flags: flagList, mask: value, trustee };
}

function readMask(text: string): number | undefined {
  if (/^0[xX][0-9A-Fa-f]{1,8}$/.test(text)) return Number(text);
  if (/^\d{1,10}$/.test(text)) return Number(text) >>> 0;
  let mask = 0;
  for (const name of pairs(text)) {
    const right = rights[name];
    if (right === undefined) return undefined;
    mask |= right;
  }
  return mask;
}

function pairs(text: string): string[] {
  return text.match(/.{1,2}/gs) ?? [];
}
