import { type Presence, PRESENCE_STATES, USER_ROLES, type UserRole } from '@elite-chat/contracts';

/** Somebody at a node: a short form, since a notice may tell of thousands. */
export type PresentPerson = readonly [userId: string, role: UserRole, presence: Presence];

/**
 * What nodes tell each other: `all` who is at the node, `some` whose presence there changed, or that the node is
 * `new` (and wants to hear of all others) or is `leaving`.
 */
export interface PresenceNotice {
  readonly node: string;
  readonly kind: 'all' | 'some' | 'new' | 'leaving';
  readonly people: readonly PresentPerson[];
}

const KINDS: readonly unknown[] = ['all', 'some', 'new', 'leaving'] satisfies PresenceNotice['kind'][];

/** Reads a notice; null where it is none, as of a node of another version. */
export function readPresenceNotice(text: string): PresenceNotice | null {
  let notice: unknown;
  try {
    notice = JSON.parse(text);
  } catch {
    return null;
  }
  return isNotice(notice) ? notice : null;
}

function isNotice(value: unknown): value is PresenceNotice {
  if (typeof value !== 'object' || value === null) return false;
  const { node, kind, people }: Partial<Record<keyof PresenceNotice, unknown>> = value;
  return (
    typeof node === 'string' && KINDS.includes(kind) && Array.isArray(people) && people.every(isPresentPerson)
  );
}

function isPresentPerson(value: unknown): value is PresentPerson {
  if (!Array.isArray(value)) return false;
  const [userId, role, presence]: unknown[] = value;
  const roles: readonly unknown[] = USER_ROLES;
  const states: readonly unknown[] = PRESENCE_STATES;
  return typeof userId === 'string' && roles.includes(role) && states.includes(presence);
}
