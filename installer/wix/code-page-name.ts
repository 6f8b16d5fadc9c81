/** Code pages as authors write them: by number or by a usual name. */
const NAMES: Readonly<Record<string, number>> = {
  'utf-8': 65001,
  shift_jis: 932,
  gb2312: 936,
  'ks_c_5601-1987': 949,
  big5: 950,
};

/** Number of a code page such as `1252`, `Windows-1252` or `utf-8`; undefined for anything else. */
export function codePageNumber(text: string): number | undefined {
  if (/^\d{1,5}$/.test(text)) return Number(text) <= 65535 ? Number(text) : undefined;
  const name = text.toLowerCase();
  const windows = /^windows-(\d{3,4})$/.exec(name)?.[1];
  return windows === undefined ? NAMES[name] : Number(windows);
}
