import type { DisplayedMessage } from './thread-message';

/** How many messages came at the end of a thread: of the reader and of others; the system's don't count. */
export interface Arrivals {
  readonly own: number;
  readonly others: number;
}

/** Counts what stands behind messages that were shown before; older pages come before them and are no news. */
export function countArrivals(
  before: readonly DisplayedMessage[],
  now: readonly DisplayedMessage[],
  readerId: string | null,
): Arrivals {
  const known = new Set(before.map(({ key }) => key));
  const counts = { own: 0, others: 0 };
  let isAfterKnown = false;
  for (const { key, message } of now) {
    if (known.has(key)) isAfterKnown = true;
    else if (isAfterKnown && message.senderRole !== 'system') {
      counts[message.sender === readerId ? 'own' : 'others']++;
    }
  }
  return counts;
}
