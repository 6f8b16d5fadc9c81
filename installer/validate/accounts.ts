/** What a service may run as. Source: Windows "Service User Accounts", "CreateServiceW", "Group Managed Service Accounts". */
export type AccountKind = 'system' | 'built-in' | 'virtual' | 'managed' | 'user' | 'unqualified' | 'unknown';

/** `startName` as in ServiceInstall.StartName; a property in it makes the kind unknown. */
export function accountKind(startName: string): AccountKind {
  if (startName === '' || /^(\.\\|nt authority\\)?(localsystem|system)$/i.test(startName)) return 'system';
  if (/\[[^\]]+\]/.test(startName)) return 'unknown';
  if (/^nt authority\\(localservice|networkservice|local service|network service)$/i.test(startName)) return 'built-in';
  if (/^nt service\\/i.test(startName)) return 'virtual';
  if (/^[^\\@]+\\[^\\@]+\$$/.test(startName)) return 'managed';
  return /^[^\\]+\\[^\\]+$/.test(startName) || /^[^@\\]+@[^@\\]+$/.test(startName) ? 'user' : 'unqualified';
}
