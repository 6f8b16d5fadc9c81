/**
 * Binds the functions of a DLL from signatures that are data: result and parameter types in koffi's notation, and when
 * the call counts as successful. A bound function throws a `Win32Error` otherwise, so no caller can forget to look.
 */
import { loadKoffi } from './koffi.ts';
import { Win32Error } from './win32-error.ts';

export interface Signature {
  readonly result: string;
  readonly parameters: readonly string[];
  /**
   * `non-zero`: a BOOL or handle; 0 means failure and GetLastError has the reason. `zero`: the result is itself the
   * error code. `any`: the call cannot fail, or its caller judges the result.
   */
  readonly succeeds: 'non-zero' | 'zero' | 'any';
}

// biome-ignore lint/suspicious/noExplicitAny: the types of a foreign call are in its signature, which koffi checks.
export type ForeignFunction = ((...args: any[]) => any) & { readonly async: (...args: any[]) => void };

/** Nothing is looked up before the first call of this function. */
export function bindLibrary<Name extends string>(
  file: string,
  signatures: Readonly<Record<Name, Signature>>,
): Readonly<Record<Name, ForeignFunction>> {
  const library = loadKoffi().load(file);
  const entries = Object.entries<Signature>(signatures).map(([name, signature]) => {
    const raw = library.func(name, signature.result, [...signature.parameters]);
    return [name, Object.assign(checked(name, raw, signature.succeeds), { async: raw.async })];
  });
  return Object.fromEntries(entries) as Record<Name, ForeignFunction>;
}

function checked(api: string, raw: (...args: unknown[]) => unknown, succeeds: Signature['succeeds']) {
  return (...args: unknown[]): unknown => {
    const result = raw(...args);
    if (succeeds === 'non-zero' && (result === 0 || result === null)) throw Win32Error.last(api);
    if (succeeds === 'zero' && result !== 0) throw new Win32Error(api, Number(result));
    return result;
  };
}

/**
 * A callback that never throws into C: koffi would hand the caller a 0, which the SCM reads as NO_ERROR. The bug goes to
 * `report` instead; by default it is thrown again on a tick of its own, where the process's fault trap sees it.
 */
export function total<Args extends unknown[], Result>(
  fallback: Result,
  callback: (...args: Args) => Result,
  report: (bug: unknown) => void = throwLater,
): (...args: Args) => Result {
  return (...args) => {
    try {
      return callback(...args);
    } catch (bug) {
      report(bug);
      return fallback;
    }
  };
}

function throwLater(bug: unknown): void {
  setImmediate(() => {
    throw bug;
  });
}
