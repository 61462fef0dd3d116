/** A backup or a restore that can't be done. The message says what happened and what to do, for the person who asked. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** The system's code of an error (`ENOENT`, `ENOSPC`, …), if it has one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
