import type { DisplayedMessage } from './displayed-message';

/** What has happened at the end of a thread since it was last shown; what the system says doesn't count. */
export interface Arrivals {
  /** How many messages of the reader came */
  readonly own: number;
  /** The messages of others that came */
  readonly others: readonly DisplayedMessage[];
  /** The reader's messages that were refused meanwhile */
  readonly refused: readonly DisplayedMessage[];
}

export const NOTHING_NEW: Arrivals = { own: 0, others: [], refused: [] };

/** Finds what stands behind messages that were shown before; older pages come before them and are no news. */
export function findArrivals(
  before: readonly DisplayedMessage[],
  now: readonly DisplayedMessage[],
  readerId: string | null,
): Arrivals {
  const known = new Map(before.map(({ key, status }) => [key, status]));
  const others: DisplayedMessage[] = [];
  const refused: DisplayedMessage[] = [];
  let own = 0;
  let isAfterKnown = before.length === 0;
  for (const entry of now) {
    const { key, message, status } = entry;
    const statusBefore = known.get(key);
    if (status === 'failed' && statusBefore && statusBefore !== 'failed') refused.push(entry);
    if (statusBefore) isAfterKnown = true;
    else if (!isAfterKnown || message.senderRole === 'system') continue;
    else if (message.sender === readerId) own++;
    else others.push(entry);
  }
  return { own, others, refused };
}

/** The messages of a thread that are shown, and whether others come after them that are not. */
export interface ShownThread {
  readonly threadId: string;
  readonly messages: readonly DisplayedMessage[];
  readonly isCut: boolean;
}

/** What has come since a thread was last shown; nothing in another thread, or at the end of a part of one. */
export function arrivalsSince(
  before: ShownThread | undefined,
  now: ShownThread,
  readerId: string | null,
): Arrivals {
  const isComparable = before?.threadId === now.threadId && !before.isCut && !now.isCut;
  return isComparable ? findArrivals(before.messages, now.messages, readerId) : NOTHING_NEW;
}
