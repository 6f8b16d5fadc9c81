/** Versions as Windows Installer compares them. Source: "ProductVersion" property; a fourth field is not compared. */
export function isProductVersion(text: string): boolean {
  if (!/^\d{1,5}(\.\d{1,5}){0,3}$/.test(text)) return false;
  const [major = 0, minor = 0, build = 0] = text.split('.').map(Number);
  return major <= 255 && minor <= 255 && build <= 65_535;
}

/** Negative when `a` is older, 0 when both are equal. Missing fields count as 0. */
export function compareProductVersions(a: string, b: string): number {
  const [left, right] = [fields(a), fields(b)];
  return [0, 1, 2].map((index) => (left[index] ?? 0) - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function fields(text: string): readonly number[] {
  return text.split('.').map(Number);
}
