/** A Windows call that failed: which one, with which error code, and what Windows says about the code. */
import { formatMessage, getLastError } from './kernel32.ts';

export class Win32Error extends Error {
  readonly code = 'ERR_WIN32';
  readonly api: string;
  /** As in winerror.h. */
  readonly win32Code: number;

  constructor(api: string, win32Code: number, text = formatMessage(win32Code)) {
    super(`Cannot call "${api}": error ${win32Code}${text === '' ? '' : `, ${text}`}`);
    this.name = 'Win32Error';
    this.api = api;
    this.win32Code = win32Code;
  }

  /** From GetLastError; call it directly after the failed call, on the same tick. */
  static last(api: string): Win32Error {
    return new Win32Error(api, getLastError());
  }
}
