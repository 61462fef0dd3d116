/** What a server says when a unique index has the key already. */
export const DUPLICATE_KEY_CODE = 11_000;

/** Whether the database refused a write because a unique index has the key already. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === DUPLICATE_KEY_CODE;
}
