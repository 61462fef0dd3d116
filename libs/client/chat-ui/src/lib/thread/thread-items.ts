import type { ChatSide } from '@elite-chat/contracts';

import { isSameDay } from '@elite-chat/i18n';
import type { DisplayedMessage } from './displayed-message';

/** Messages of one sender stand together when no more than this lies between them. */
export const GROUP_GAP_MS = 5 * 60_000;

/** A message with its place among its neighbours. */
export interface GroupedMessage {
  readonly key: string;
  readonly entry: DisplayedMessage;
  /** Whether the reader's side has written it */
  readonly isOwn: boolean;
  /** Whether it begins a row of messages of one sender */
  readonly isFirst: boolean;
  /** Whether it ends such a row */
  readonly isLast: boolean;
}

/** One line of a thread. */
export type ThreadItem =
  | { readonly kind: 'day'; readonly key: string; readonly day: Date }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'system'; readonly key: string; readonly entry: DisplayedMessage }
  | ({ readonly kind: 'message' } & GroupedMessage);

/** For whom the thread is laid out. */
export interface ThreadReader {
  /** The side whose messages stand at the right */
  readonly side: ChatSide;
  /** The "new messages" line stands before the first message of the other side after this number; null: no line */
  readonly unreadAfter: number | null;
}

/**
 * Lays a thread out: day separators, the "new messages" line, and messages grouped by sender within
 * {@link GROUP_GAP_MS}. Expects the messages in the order in which they are shown.
 */
export function layOutThread(entries: readonly DisplayedMessage[], reader: ThreadReader): ThreadItem[] {
  const items: ThreadItem[] = [];
  const firstUnread = findFirstUnread(entries, reader);

  entries.forEach((entry, index) => {
    const { key, message } = entry;
    const previous = entries[index - 1];
    const next = entries[index + 1];

    if (!previous || !areOfOneDay(previous, entry)) {
      items.push({ kind: 'day', key: `day:${key}`, day: new Date(message.createdAt) });
    }
    if (entry === firstUnread) items.push({ kind: 'unread', key: 'unread' });
    if (message.senderRole === 'system') {
      items.push({ kind: 'system', key, entry });
      return;
    }
    items.push({
      kind: 'message',
      key,
      entry,
      isOwn: message.senderRole === reader.side,
      isFirst: !previous || entry === firstUnread || !belongTogether(previous, entry),
      isLast: !next || next === firstUnread || !belongTogether(entry, next),
    });
  });
  return items;
}

function findFirstUnread(
  entries: readonly DisplayedMessage[],
  { side, unreadAfter }: ThreadReader,
): DisplayedMessage | undefined {
  if (unreadAfter === null) return undefined;
  return entries.find(
    ({ message }) =>
      message.senderRole !== side && message.senderRole !== 'system' && (message.seq ?? 0) > unreadAfter,
  );
}

function belongTogether(one: DisplayedMessage, next: DisplayedMessage): boolean {
  return (
    one.message.senderRole !== 'system' &&
    one.message.sender === next.message.sender &&
    areOfOneDay(one, next) &&
    Date.parse(next.message.createdAt) - Date.parse(one.message.createdAt) <= GROUP_GAP_MS
  );
}

function areOfOneDay(one: DisplayedMessage, other: DisplayedMessage): boolean {
  return isSameDay(new Date(one.message.createdAt), new Date(other.message.createdAt));
}
