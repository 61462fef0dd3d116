import { type UserRole } from '@elite-chat/contracts';

import { type User } from './schemas/user.schema';

/** A person as a token of the host application describes them. */
export interface HostProfile {
  /** Empty where the host application names none. */
  issuer: string;
  subject: string;
  name: string;
  email: string;
  role: UserRole;
  /** When the token was issued, in seconds; null where it doesn't say. */
  issuedAt: number | null;
  /** When the token ends, in seconds. */
  expiresAt: number;
}

/**
 * Whether the token is from after the last ending of all sessions. The host application counts in seconds:
 * a token of the very second of the ending is taken for ended. Without a time of issue, one that ends later
 * than each that was seen before the ending is taken for newer.
 */
export function isNewerThanEnding({ issuedAt, expiresAt }: HostProfile, user: User): boolean {
  if (!user.sessionsEndedAt) return true;
  return issuedAt === null
    ? expiresAt > (user.endedTokenExpiry ?? 0)
    : issuedAt * 1000 > user.sessionsEndedAt.getTime();
}

/** What a person takes from a token; null when that is nothing. */
export function changeOf(user: User, profile: HostProfile) {
  const { name, email, role, issuedAt, expiresAt } = profile;
  const newestTokenExpiry = user.newestTokenExpiry ?? 0;
  // An older token that is still valid changes nothing, or two devices would rename a person to and fro.
  const isNewest =
    issuedAt === null ? expiresAt >= newestTokenExpiry : issuedAt >= (user.profileIssuedAt ?? 0);
  const isSame = user.name === name && user.email === email && user.role === role;
  const isTaken = isNewest && !isSame;
  const endsLatest = issuedAt === null && expiresAt > newestTokenExpiry;
  if (!isTaken && !endsLatest) return null;
  return {
    ...(isTaken && { name, email, role }),
    ...(isTaken && issuedAt !== null && { profileIssuedAt: issuedAt }),
    ...(endsLatest && { newestTokenExpiry: expiresAt }),
  };
}
