import { types } from 'node:util';

/** The system's code of an error (`ENOENT`, `ENOSPC`, …), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (types.isNativeError(error) && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

/** The first line of what an error says, with the cause that `fetch` hides behind "fetch failed". */
export function errorText(error: unknown): string {
  // Not `instanceof`: under Jest the system's errors are made by another realm's class.
  if (!types.isNativeError(error)) return String(error);
  const message = error.message.split('\n', 1)[0] ?? '';
  const cause = types.isNativeError(error.cause) ? errorText(error.cause) : '';
  return cause === '' || message.includes(cause) ? message : `${message}: ${cause}`;
}

const DISK_FULL =
  /ENOSPC|no space left|not enough space on the disk|disk (is )?full|disk quota exceeded|EDQUOT/i;

/** Whether an error or a server's output says that there is no room left. */
export function saysDiskFull(text: string): boolean {
  return DISK_FULL.test(text);
}

/** `text` with the credentials of every URL in it taken out. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/\/\/[^/\s]*@/g, '//***@');
}
