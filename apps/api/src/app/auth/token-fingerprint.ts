import { createHash } from 'node:crypto';

/** Tells one session from another without keeping its token. */
export function tokenFingerprint(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
