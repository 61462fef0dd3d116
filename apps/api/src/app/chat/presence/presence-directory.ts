import { type Presence, type UserRole } from '@elite-chat/contracts';
import { type Observable } from 'rxjs';

/** Somebody who has come, gone, or left or returned to their screen. */
export interface PresenceChange {
  userId: string;
  role: UserRole;
}

/** Who is there. What several nodes know together can take the place of what one knows. */
export abstract class PresenceDirectory {
  /** Tells whose presence has changed. */
  abstract readonly changes: Observable<PresenceChange>;

  /** Tells that the number of customers with a connection has changed. */
  abstract readonly counts: Observable<void>;

  /** Whether this person is there: the best of all their connections. */
  abstract presenceOf(userId: string): Presence;

  /** Customers with at least one connection, each counted once. */
  abstract countCustomers(): number;

  /** Whether at least one admin is there and at the screen. */
  abstract isSupportOnline(): boolean;
}
